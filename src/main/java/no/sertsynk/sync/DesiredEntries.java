package no.sertsynk.sync;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import no.sertsynk.model.AliasTemplate;
import no.sertsynk.model.HerId;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.Sha256;
import no.sertsynk.rollover.Action;
import no.sertsynk.rollover.PartyDecision;
import no.sertsynk.rollover.Role;
import no.sertsynk.sync.SyncSettings.KeystoreSetting;
import no.sertsynk.sync.SyncState.Entry;
import org.jspecify.annotations.Nullable;

/**
 * What should be ours in a keystore. Pure.
 *
 * @param entries all of them, by alias
 * @param certificates of those that were decided on, by alias; what stays without a decision is not looked into
 */
record DesiredEntries(Map<String, Entry> entries, Map<String, PartnerCertificate> certificates) {

    /**
     * What the decisions of a run come to.
     *
     * @param owned what is ours now
     * @param goes whether an entry leaves that no decision speaks of for this keystore: its party or purpose was taken out
     *     of the configuration
     * @param at when entries that are new count as installed
     */
    static DesiredEntries of(
            KeystoreSetting setting,
            List<Entry> owned,
            Map<HerId, PartyDecision> decisions,
            Predicate<Entry> goes,
            Instant at) {
        Map<Content, Instant> installed = new HashMap<>();
        Map<String, Entry> entries = new TreeMap<>();
        for (Entry entry : owned) {
            installed.merge(Content.of(entry), entry.installedAt(), (a, b) -> a.isBefore(b) ? a : b);
            if (!goes.test(entry) && !isSpokenOf(setting, entry, decisions.get(entry.herId()))) {
                entries.put(entry.alias(), entry);
            }
        }
        List<Placed> placed = new ArrayList<>();
        decisions.forEach((herId, decision) -> decision.certificates().stream()
                .filter(certificate -> setting.serves(herId)
                        && certificate.isInstalled()
                        && setting.purposes().contains(certificate.purpose()))
                .forEach(certificate -> placed.add(
                        new Placed(herId, certificate.purpose(), certificate.certificate(), certificate.role()))));
        return named(setting.aliases(), entries, placed, content -> installed.getOrDefault(content, at));
    }

    private static boolean isSpokenOf(KeystoreSetting setting, Entry entry, @Nullable PartyDecision decision) {
        boolean isWanted = setting.serves(entry.herId()) && setting.purposes().contains(entry.purpose());
        return decision != null
                && decision.certificates().stream()
                        .anyMatch(each -> each.purpose() == entry.purpose()
                                && each.certificate().sha256().equals(entry.sha256())
                                && (isWanted || each.action() == Action.REMOVE));
    }

    /** A certificate that is to lie in the keystore. */
    record Placed(HerId herId, Purpose purpose, PartnerCertificate certificate, Role role) {
        Content content() {
            return new Content(herId, purpose, certificate.sha256());
        }

        String alias(AliasTemplate aliases) {
            return role == Role.CURRENT
                    ? aliases.current(herId, purpose)
                    : aliases.parallel(herId, purpose, certificate);
        }
    }

    /**
     * Gives each certificate its name; several that would share one get a part of their digest behind it.
     *
     * @param others entries of ours that stay as they are
     */
    static DesiredEntries named(
            AliasTemplate aliases,
            Map<String, Entry> others,
            List<Placed> placed,
            Function<Content, Instant> installedAt) {
        Map<String, List<Placed>> sharing = new LinkedHashMap<>();
        placed.forEach(each -> sharing.computeIfAbsent(each.alias(aliases), key -> new ArrayList<>())
                .add(each));
        Map<String, Entry> entries = new TreeMap<>(others);
        Map<String, PartnerCertificate> certificates = new TreeMap<>();
        sharing.forEach((shared, all) -> all.forEach(each -> {
            String alias = all.size() == 1
                    ? shared
                    : aliases.parallelWithDigest(each.herId(), each.purpose(), each.certificate());
            certificates.put(alias, each.certificate());
            entries.put(alias, each.content().entry(alias, each.role(), installedAt.apply(each.content())));
        }));
        return new DesiredEntries(entries, certificates);
    }

    /** What an entry is, whatever its name. */
    record Content(HerId herId, Purpose purpose, Sha256 sha256) {
        static Content of(Entry entry) {
            return new Content(entry.herId(), entry.purpose(), entry.sha256());
        }

        Entry entry(String alias, Role role, Instant installedAt) {
            return new Entry(alias, sha256, herId, purpose, role, installedAt);
        }
    }

    /** Whether exactly this is ours already. */
    boolean are(List<Entry> owned) {
        return owned.size() == entries.size()
                && owned.stream().allMatch(entry -> entry.equals(entries.get(entry.alias())));
    }
}
