package no.sertsynk.cli;

import no.sertsynk.model.ReasonCode;
import no.sertsynk.sync.CertificateReport;
import no.sertsynk.sync.Outcome;
import no.sertsynk.sync.PartyReport;
import no.sertsynk.sync.RollbackReport;
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
        boolean refused = switch (certificate.action()) {
            case REJECT, REMOVE, WAIT -> true;
            case ADD, PROMOTE, KEEP, RETIRE -> false;
        };
        return refused && party.isConcern(certificate);
    }

    static int of(RollbackReport report) {
        boolean loss = report.leftOut().stream().anyMatch(RollbackReport.LeftOut::isLoss);
        return loss || !report.reasons().isEmpty() ? PROBLEM : OK;
    }

    /** Whether the party needs somebody's attention. */
    static boolean isBad(Outcome outcome) {
        return outcome != Outcome.UPDATED && outcome != Outcome.UNCHANGED;
    }
}
