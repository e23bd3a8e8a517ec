package no.sertsynk.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import no.sertsynk.config.Configuration;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Sha256;
import no.sertsynk.validation.TrustStore;
import no.sertsynk.validation.trust.ExpiringAuthority;
import no.sertsynk.validation.trust.PinnedAuthority;
import no.sertsynk.validation.trust.PinnedAuthority.Role;
import no.sertsynk.validation.trust.TrustFolder;
import no.sertsynk.validation.trust.TrustReading;
import no.sertsynk.validation.trust.TrustedOwners;

/** The certificate authorities that a configuration trusts: what is there, whether it will do, and how more comes there. */
public final class Authorities {
    private static final int ROOT = 0;

    private final Configuration configuration;
    private final TrustedOwners owners;

    private Authorities(Configuration configuration, TrustedOwners owners) {
        this.configuration = configuration;
        this.owners = owners;
    }

    public static Authorities of(Configuration configuration) {
        Set<Integer> uids = new HashSet<>(Set.of(ROOT));
        owner(Path.of("/proc/self")).ifPresent(uids::add);
        owner(configuration.state()).ifPresent(uids::add);
        return new Authorities(configuration, new TrustedOwners(uids));
    }

    /** Empty if nothing is there yet, or the system does not tell: then that user owns nothing that is trusted. */
    private static Optional<Integer> owner(Path path) {
        try {
            return Optional.of((Integer) Files.getAttribute(path, "unix:uid"));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    public String environment() {
        return configuration.environment();
    }

    /** What {@code trust.anchors} holds. */
    public TrustReading anchors() {
        return TrustReading.of(
                configuration.trust().map(Configuration.Trust::anchors).orElse(List.of()), owners);
    }

    /** What {@code trust.intermediates} holds. */
    public TrustReading intermediates() {
        return TrustReading.of(
                configuration.trust().map(Configuration.Trust::intermediates).orElse(List.of()), owners);
    }

    /**
     * The authorities that end soon, with what falls with them; mistakes in the settings are passed over.
     *
     * @param installed asked for only if an authority ends soon
     */
    public List<ExpiringAuthority> expiring(Supplier<List<PartnerCertificate>> installed, Instant now) {
        return ExpiringAuthority.among(anchors().certificates(), intermediates().certificates(), installed, now);
    }

    /**
     * Whom to trust in a run.
     *
     * @param at when the anchors must be in force
     * @throws UsageException if there is a mistake in either setting, or no anchor that is in force
     */
    TrustStore usable(Instant at) throws UsageException {
        TrustReading anchors = anchors();
        TrustReading intermediates = intermediates();
        requireSound(anchors, intermediates);
        List<PartnerCertificate> found = anchors.certificates();
        if (found.isEmpty()) {
            throw new UsageException(
                    "trust.anchors: expected at least one certificate authority, found none; run sertsynk trust fetch");
        }
        boolean anyInForce = found.stream().anyMatch(anchor -> isInForce(anchor, at));
        if (!anyInForce) {
            throw new UsageException("trust.anchors: expected at least one certificate authority in force at " + at
                    + ", found "
                    + String.join(
                            "; ",
                            found.stream()
                                    .map(anchor -> anchor.subject() + " from " + anchor.notBefore() + " to "
                                            + anchor.notAfter())
                                    .toList())
                    + "; run sertsynk trust fetch");
        }
        return new TrustStore(x509(found), x509(intermediates.certificates()));
    }

    private static boolean isInForce(PartnerCertificate certificate, Instant at) {
        return !at.isBefore(certificate.notBefore()) && !at.isAfter(certificate.notAfter());
    }

    private static List<X509Certificate> x509(List<PartnerCertificate> certificates) {
        return certificates.stream().map(PartnerCertificate::x509).toList();
    }

    private static void requireSound(TrustReading anchors, TrustReading intermediates) throws UsageException {
        List<String> lines = new ArrayList<>(mistakes(anchors, intermediates));
        anchors.missing()
                .forEach(path -> lines.add("trust.anchors: expected the file or folder " + path
                        + ", found nothing there; run sertsynk trust fetch"));
        intermediates
                .missing()
                .forEach(path -> lines.add(
                        "trust.intermediates: expected the file or folder " + path + ", found nothing there"));
        if (!lines.isEmpty()) {
            throw new UsageException(lines);
        }
    }

    /** What keeps every run from starting; empty if nothing does. */
    public List<String> mistakes() {
        return mistakes(anchors(), intermediates());
    }

    private static List<String> mistakes(TrustReading anchors, TrustReading intermediates) {
        List<String> lines = new ArrayList<>();
        anchors.mistakes().forEach(mistake -> lines.add("trust.anchors: " + mistake));
        intermediates.mistakes().forEach(mistake -> lines.add("trust.intermediates: " + mistake));
        return lines;
    }

    /**
     * What both settings hold, with the file that holds it. A path where nothing is yet holds nothing.
     *
     * @throws UsageException if there is a mistake in either setting
     */
    Map<Sha256, Path> present() throws UsageException {
        TrustReading anchors = anchors();
        TrustReading intermediates = intermediates();
        List<String> mistakes = mistakes(anchors, intermediates);
        if (!mistakes.isEmpty()) {
            throw new UsageException(mistakes);
        }
        Map<Sha256, Path> present = new LinkedHashMap<>();
        for (TrustReading reading : List.of(anchors, intermediates)) {
            reading.found().forEach(found -> present.put(found.certificate().sha256(), found.file()));
        }
        return present;
    }

    /**
     * Puts the certificate into the first folder of {@code trust.anchors}.
     *
     * @return the file, which may have been there already
     */
    public Path add(PartnerCertificate certificate) throws UsageException {
        return put(certificate, anchorsFolder());
    }

    Path put(PartnerCertificate certificate, Path folder) throws UsageException {
        try {
            return TrustFolder.open(folder, owners).put(certificate);
        } catch (IOException e) {
            throw new UsageException("trust: expected to write into " + folder + ", found: " + e.getMessage());
        }
    }

    private Path anchorsFolder() throws UsageException {
        return folder(configuration.trust().map(Configuration.Trust::anchors).orElse(List.of()))
                .orElseThrow(() -> new UsageException(
                        "trust.anchors: expected a folder to put certificates into, found none; name one"));
    }

    /**
     * Where a pinned authority belongs. With a folder for intermediates, one below a root goes there: then its path, and
     * whether it is revoked, are checked up to the root. Without one it is trusted as it is.
     */
    Path folder(PinnedAuthority authority) throws UsageException {
        Optional<Path> intermediates = folder(
                configuration.trust().map(Configuration.Trust::intermediates).orElse(List.of()));
        return authority.role() == Role.INTERMEDIATE && intermediates.isPresent()
                ? intermediates.get()
                : anchorsFolder();
    }

    /** The first folder; one that is not there yet has no ending in its name. */
    private static Optional<Path> folder(List<Path> paths) {
        return paths.stream()
                .filter(path -> Files.isDirectory(path)
                        || (!Files.exists(path)
                                && path.getFileName() != null
                                && !path.getFileName().toString().contains(".")))
                .findFirst();
    }
}
