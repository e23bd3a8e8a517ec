package no.sertsynk.register;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import no.sertsynk.model.HerId;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.register.CommunicationParty.RegisteredString;
import org.jspecify.annotations.Nullable;

/**
 * Several ways to the register in the order in which they are asked: the first that answers counts. Where a later one
 * answers too, the answers are compared, and what differs is told as a warning. A source that knows some parties only, such as
 * a file, is not compared, and that it does not know one means nothing; where it does, nobody else is asked.
 */
public final class RegisterChain implements Register {
    private final List<Source> sources;
    private final Map<HerId, Source> answered = new ConcurrentHashMap<>();

    /**
     * One way.
     *
     * @param name as the configuration calls it
     * @param isPartial whether it knows some parties only, and those better
     */
    public record Source(String name, Register register, boolean isPartial) {}

    public RegisterChain(List<Source> sources) {
        if (sources.isEmpty()) {
            throw new IllegalArgumentException("expected at least one source, found none");
        }
        this.sources = List.copyOf(sources);
    }

    @Override
    public CommunicationParty lookUp(HerId herId) throws RegisterException {
        return new Inquiry(herId).inquire();
    }

    /** One party's way through the sources. */
    private final class Inquiry {
        private final HerId herId;
        private final List<Reason> warnings = new ArrayList<>(0);
        private @Nullable CommunicationParty party;
        private @Nullable Source from;
        private @Nullable RegisterException unknown;
        private @Nullable RegisterException notWritten;
        private @Nullable RegisterException down;

        Inquiry(HerId herId) {
            this.herId = herId;
        }

        CommunicationParty inquire() throws RegisterException {
            for (Source source : sources) {
                if (from == null || !(from.isPartial || source.isPartial)) {
                    ask(source);
                }
            }
            if (party != null && from != null) {
                answered.put(herId, from);
                return party.with(warnings);
            }
            // Who is down might have known it.
            if (down != null) {
                throw down;
            }
            throw Objects.requireNonNull(unknown == null ? notWritten : unknown);
        }

        private void ask(Source source) throws RegisterException {
            CommunicationParty answer;
            try {
                answer = source.register.lookUp(herId);
            } catch (RegisterException e) {
                failed(source, e);
                return;
            }
            if (party == null || from == null) {
                party = answer;
                from = source;
                if (unknown != null) {
                    differs("HER-id " + herId + " known to " + source.name + " alone");
                }
                if (down != null) {
                    warnings.add(Reason.of(
                            ReasonCode.REGISTER_UNAVAILABLE,
                            "asked " + source.name + " instead: "
                                    + down.reason().message()));
                }
            } else {
                compare(from.name, party, source.name, answer);
            }
        }

        private void failed(Source source, RegisterException e) throws RegisterException {
            boolean isUnknown = e.reason().code() == ReasonCode.PARTY_UNKNOWN;
            if (source.isPartial) {
                if (!isUnknown) {
                    throw e; // what was written by hand is not silently replaced by something else
                }
                notWritten = e;
            } else if (from != null) {
                if (isUnknown) {
                    differs("HER-id " + herId + " unknown to " + source.name);
                }
            } else if (isUnknown) {
                unknown = e;
            } else {
                down = down == null ? e : down;
            }
        }

        private void compare(String one, CommunicationParty first, String other, CommunicationParty second) {
            String pair = one + " and " + other;
            if (first.active() != second.active()) {
                differs("HER-id " + herId + " active by " + (first.active() ? one : other) + " alone");
            }
            if (first.organizationNumber().isPresent()
                    && second.organizationNumber().isPresent()
                    && !first.organizationNumber().equals(second.organizationNumber())) {
                differs("organisation number " + first.organizationNumber().get() + " by " + one + ", "
                        + second.organizationNumber().get() + " by " + other);
            }
            Set<String> strings = texts(first);
            Set<String> others = texts(second);
            if (!strings.isEmpty() && !others.isEmpty() && !strings.equals(others)) {
                differs("LDAP strings of HER-id " + herId + " that differ between " + pair);
            }
            Set<PartnerCertificate> certificates = new HashSet<>(first.certificates());
            if (!certificates.isEmpty()
                    && !second.certificates().isEmpty()
                    && !certificates.equals(new HashSet<>(second.certificates()))) {
                differs("certificates of HER-id " + herId + " that differ between " + pair);
            }
        }

        private static Set<String> texts(CommunicationParty party) {
            return party.ldapStrings().stream().map(RegisteredString::text).collect(Collectors.toSet());
        }

        private void differs(String found) {
            warnings.add(Reason.of(
                    ReasonCode.REGISTER_MISMATCH,
                    "expected the same answer of all register sources, found " + found
                            + "; the first source counts, ask the register if this stays"));
        }
    }

    @Override
    public OwnCertificates ownCertificates(HerId herId) throws RegisterException {
        Source source = answered.get(herId);
        RegisterException failure = null;
        for (Source candidate : source == null ? sources : List.of(source)) {
            try {
                return candidate.register.ownCertificates(herId);
            } catch (RegisterException e) {
                failure = failure == null ? e : failure;
            }
        }
        throw Objects.requireNonNull(failure);
    }

    @Override
    public String ping() throws RegisterException {
        List<String> answers = new ArrayList<>();
        RegisterException failure = null;
        for (Source source : sources) {
            try {
                answers.add(source.name + ": " + source.register.ping());
            } catch (RegisterException e) {
                failure = failure == null ? e : failure;
            }
        }
        if (answers.isEmpty()) {
            throw Objects.requireNonNull(failure);
        }
        return String.join("; ", answers);
    }

    @Override
    public Optional<Duration> clockOffset() {
        return sources.stream()
                .flatMap(source -> source.register.clockOffset().stream())
                .findFirst();
    }

    @Override
    public void close() {
        sources.forEach(source -> source.register.close());
    }
}
