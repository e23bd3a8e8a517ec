package no.sertsynk.cli;

import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.model.Verdict;
import no.sertsynk.rollover.Action;
import no.sertsynk.rollover.Role;
import no.sertsynk.sync.CertificateReport;
import no.sertsynk.sync.Outcome;
import no.sertsynk.sync.PartyReport;
import no.sertsynk.sync.SyncReport;

/** What a command ends with. Precedence: 2, 4, 3, 1, 10, 0. */
final class ExitCodes {
    static final int OK = 0;
    static final int PROBLEM = 1;
    static final int USAGE = 2;
    static final int REGISTER = 3;
    static final int GUARD = 4;
    static final int CHANGES_DUE = 10;

    private ExitCodes() {}

    /** @param tellChanges whether changes that are due count */
    static int of(SyncReport report, boolean tellChanges) {
        if (report.stopped().isPresent()) {
            return report.stopped().get().code() == ReasonCode.GUARD ? GUARD : REGISTER;
        }
        boolean problem = report.keystores().stream()
                        .anyMatch(keystore -> !keystore.reasons().isEmpty())
                || report.parties().stream().anyMatch(ExitCodes::isProblem);
        if (problem) {
            return PROBLEM;
        }
        boolean due = report.keystores().stream().anyMatch(keystore -> keystore.changed());
        return tellChanges && due ? CHANGES_DUE : OK;
    }

    private static boolean isProblem(PartyReport party) {
        return switch (party.outcome()) {
            case FAILED, REJECTED, UNDETERMINED -> true;
            case UPDATED, UNCHANGED ->
                party.certificates().stream().anyMatch(certificate -> isRejection(certificate, party));
        };
    }

    private static boolean isRejection(CertificateReport certificate, PartyReport party) {
        if (certificate.action() != Action.REJECT
                && certificate.action() != Action.REMOVE
                && certificate.action() != Action.WAIT) {
            return false;
        }
        boolean replaced = party.certificates().stream()
                .anyMatch(other -> other.purpose() == certificate.purpose()
                        && other.role() == Role.CURRENT
                        && other.assessment().verdict() == Verdict.ACCEPTED);
        return !(replaced && certificate.reasons().stream().map(Reason::code).anyMatch(ExitCodes::isOfCourse));
    }

    /** What comes to every certificate before or after its time, whatever else is wrong with it then. */
    private static boolean isOfCourse(ReasonCode code) {
        return switch (code) {
            case EXPIRED, REVOKED, NOT_YET_VALID -> true;
            // Dropped by the register and past keepPrevious.
            case REGISTER_MISMATCH -> true;
            default -> false;
        };
    }

    /** Whether the party needs somebody's attention. */
    static boolean isBad(Outcome outcome) {
        return outcome != Outcome.UPDATED && outcome != Outcome.UNCHANGED;
    }
}
