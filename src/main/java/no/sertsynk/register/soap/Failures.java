package no.sertsynk.register.soap;

import no.sertsynk.model.HerId;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.register.RegisterException;

/** Puts into words what went wrong with the register. No text leaves here with the password in it. */
final class Failures {
    private final String host;
    private final Credentials credentials;

    Failures(String host, Credentials credentials) {
        this.host = host;
        this.credentials = credentials;
    }

    RegisterException unavailable(String found, String remedy, Throwable cause) {
        return RegisterException.of(reason(ReasonCode.REGISTER_UNAVAILABLE, found, remedy), cause);
    }

    RegisterException unavailable(String found, String remedy) {
        return RegisterException.of(reason(ReasonCode.REGISTER_UNAVAILABLE, found, remedy));
    }

    RegisterException tooMuch(String found, Throwable cause) {
        return RegisterException.of(
                reason(ReasonCode.LIMIT_EXCEEDED, found, "ask whoever runs the register or the proxy before it"),
                cause);
    }

    RegisterException refused(int status) {
        return RegisterException.fatal(reason(
                ReasonCode.REGISTER_UNAVAILABLE,
                "HTTP " + status + ", which refuses the account",
                "no further question is asked, so that the account is not locked; check register.soap.username and"
                        + " passwordFile"));
    }

    RegisterException badAnswer(BadAnswerException e) {
        return e.isLimitExceeded()
                ? tooMuch(e.found(), e)
                : unavailable(e.found(), "check that register.soap.url is the SOAP 1.1 endpoint (/v1/AR/Basic)", e);
    }

    RegisterException fault(SoapFaultException fault, HerId herId) {
        if (fault.isUnknownHerId()) {
            return RegisterException.of(
                    Reason.of(
                            ReasonCode.PARTY_UNKNOWN,
                            "expected the register at "
                                    + host
                                    + " to know HER-id "
                                    + herId
                                    + ", found "
                                    + credentials.redact(fault.shown())
                                    + "; check the number, and that it is of this environment (test or production)"),
                    fault);
        }
        return unavailable(fault.shown() + " for HER-id " + herId, "try again later, or ask the register", fault);
    }

    /** For the one line of text that a person reads. */
    Reason reason(ReasonCode code, String found, String remedy) {
        return Reason.of(
                code, "expected an answer from the register at " + host + ", found " + safe(found) + "; " + remedy);
    }

    private String safe(String text) {
        return credentials.redact(text.replace('\r', ' ').replace('\n', ' '));
    }
}
