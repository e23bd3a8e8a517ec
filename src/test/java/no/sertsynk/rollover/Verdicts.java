package no.sertsynk.rollover;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.model.Assessment;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.model.SubjectIdentity;
import no.sertsynk.model.Verdict;

/** What validation may find, as tests say it. */
public final class Verdicts {
    public static final OrganizationNumber NUMBER = new OrganizationNumber("911111111");
    public static final SubjectIdentity PARTY = system("Part", NUMBER);

    private Verdicts() {}

    public static SubjectIdentity system(String name, OrganizationNumber number) {
        return new SubjectIdentity(Optional.of(number), name, List.of());
    }

    /** The verdict that follows from the reasons, as validation draws it. */
    public static Assessment of(SubjectIdentity subject, Set<Purpose> purposes, ReasonCode... codes) {
        List<Reason> reasons = Arrays.stream(codes)
                .map(code -> Reason.of(code, "because of " + code))
                .toList();
        Verdict verdict = codes.length == 0
                ? Verdict.ACCEPTED
                : Arrays.stream(codes).allMatch(ReasonCode::isUndetermined) ? Verdict.UNDETERMINED : Verdict.REJECTED;
        return new Assessment(verdict, purposes, subject, reasons, List.of(), List.of());
    }

    /** Of the party's own system, for encryption. */
    public static Assessment encryption(ReasonCode... codes) {
        return of(PARTY, Set.of(Purpose.ENCRYPTION), codes);
    }
}
