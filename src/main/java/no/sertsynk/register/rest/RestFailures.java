package no.sertsynk.register.rest;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.register.RegisterException;
import no.sertsynk.register.wire.TooLargeException;

/** Puts into words what went wrong with a server; what it sent is cut short and on one line. */
final class RestFailures {
    private static final int MAX_SHOWN = 200;

    private final String server;

    /** @param server such as {@code the register at cpapi.example} */
    RestFailures(String server) {
        this.server = server;
    }

    RegisterException unavailable(String found, String remedy) {
        return RegisterException.of(reason(ReasonCode.REGISTER_UNAVAILABLE, found, remedy));
    }

    RegisterException unavailable(String found, String remedy, Throwable cause) {
        return RegisterException.of(reason(ReasonCode.REGISTER_UNAVAILABLE, found, remedy), cause);
    }

    /** Asking on would be as vain, and could get the client locked. */
    RegisterException refused(String found, String remedy) {
        return RegisterException.fatal(reason(ReasonCode.REGISTER_UNAVAILABLE, found, remedy));
    }

    RegisterException tooMuch(String found, Throwable cause) {
        return RegisterException.of(
                reason(ReasonCode.LIMIT_EXCEEDED, found, "ask whoever runs the server or the proxy before it"), cause);
    }

    Reason reason(ReasonCode code, String found, String remedy) {
        return Reason.of(code, "expected an answer from " + server + ", found " + shown(found) + "; " + remedy);
    }

    /** The beginning of a text, on one line. */
    static String shown(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= MAX_SHOWN ? line : line.substring(0, MAX_SHOWN) + "…";
    }

    /** Whether it is the server's certificate that failed: asking again would not help. */
    static boolean isDistrust(IOException e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof GeneralSecurityException) {
                return true;
            }
        }
        return false;
    }

    static String describe(IOException e) {
        return switch (e) {
            case SocketTimeoutException late -> String.valueOf(late.getMessage());
            case TooLargeException large -> String.valueOf(large.getMessage());
            case UnknownHostException unknown -> "no address of that name";
            case ConnectException refused -> "no connection (" + refused.getMessage() + ")";
            default -> "a broken connection (" + e.getMessage() + ")";
        };
    }
}
