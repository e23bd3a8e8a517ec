package no.sertsynk.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import no.sertsynk.config.Configuration;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Reason;
import no.sertsynk.validation.TrustFiles;
import no.sertsynk.validation.TrustStore;
import no.sertsynk.validation.ValidationSettings;
import no.sertsynk.validation.ValidationSettings.Policy;
import no.sertsynk.validation.ValidationSettings.RevocationMode;
import no.sertsynk.validation.Validator;
import no.sertsynk.validation.Validators;
import no.sertsynk.validation.revocation.CrlSource;

/**
 * Shows how an inspected certificate stands to the configured trust: its path and what was checked of it. Fetches nothing,
 * so that inspecting a file never asks the network; what revocation says is told by {@code validate}.
 */
final class InspectedPath {
    private final Validator validator;
    private final PathTree tree;
    private final Console console;

    private InspectedPath(Validator validator, PathTree tree, Console console) {
        this.console = console;
        this.validator = validator;
        this.tree = tree;
    }

    /** By the trust of a configuration; empty if it names no anchors, or they cannot be read. */
    static Optional<InspectedPath> of(Optional<Configuration> configuration, Console console, Instant now) {
        Optional<Configuration.Trust> trust = configuration.flatMap(Configuration::trust);
        if (trust.isEmpty()) {
            return Optional.empty();
        }
        try {
            List<X509Certificate> anchors = certificates(trust.get().anchors());
            TrustStore store = new TrustStore(anchors, certificates(trust.get().intermediates()));
            ValidationSettings settings = ValidationSettings.of(now, Policy.VIRKSOMHET, RevocationMode.OFF)
                    .in(configuration.get().environment());
            return anchors.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new InspectedPath(
                            Validators.create(store, settings, CrlSource.none()), new PathTree(console, now), console));
        } catch (IOException e) {
            // The commands that need the trust tell what is wrong with it.
            return Optional.empty();
        }
    }

    private static List<X509Certificate> certificates(List<Path> paths) throws IOException {
        return TrustFiles.read(paths).stream().map(PartnerCertificate::x509).toList();
    }

    List<String> lines(PartnerCertificate certificate) {
        var assessment = validator.assess(certificate);
        List<String> lines = new ArrayList<>();
        for (Reason reason : assessment.reasons()) {
            lines.add("  " + console.reason(reason));
        }
        lines.addAll(tree.lines(assessment.path()));
        return lines;
    }
}
