package no.sertsynk.validation.trust;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import no.sertsynk.model.MalformedCertificateException;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.validation.TrustFiles;

/**
 * What lies in the files and folders of a trust setting.
 *
 * @param found the certificates, in the order of the settings and then of the file names
 * @param missing paths where nothing is
 * @param mistakes what must be put right before anybody can be trusted, one line each
 */
public record TrustReading(List<Found> found, List<Path> missing, List<String> mistakes) {
    /** A file with such a name is meant to hold certificates; any other in a folder may hold what it likes. */
    private static final Pattern NAME_OF_CERTIFICATE = Pattern.compile(".*\\.(pem|crt|cer|der)");

    public TrustReading {
        found = List.copyOf(found);
        missing = List.copyOf(missing);
        mistakes = List.copyOf(mistakes);
    }

    /** A certificate and the file that holds it. */
    public record Found(Path file, PartnerCertificate certificate) {}

    /**
     * Reads them. A file of a folder that cannot be read, or should hold certificates and does not, is a mistake and not
     * passed over: with one authority fewer, what it issued would be untrusted and leave the keystores. Hidden files are.
     */
    public static TrustReading of(List<Path> paths, TrustedOwners owners) {
        Reader reader = new Reader(owners);
        paths.forEach(reader::read);
        return new TrustReading(reader.found, reader.missing, reader.mistakes);
    }

    /** The certificates alone. */
    public List<PartnerCertificate> certificates() {
        return found.stream().map(Found::certificate).toList();
    }

    private static final class Reader {
        private final TrustedOwners owners;
        private final List<Found> found = new ArrayList<>();
        private final List<Path> missing = new ArrayList<>();
        private final List<String> mistakes = new ArrayList<>();

        Reader(TrustedOwners owners) {
            this.owners = owners;
        }

        void read(Path path) {
            try {
                Optional<String> objection = owners.objection(path);
                if (objection.isPresent()) {
                    mistakes.add(objection.get());
                } else if (Files.isDirectory(path)) {
                    readFolder(path);
                } else {
                    readFile(path, true);
                }
            } catch (NoSuchFileException e) {
                missing.add(path);
            } catch (IOException e) {
                mistakes.add(unreadable(path, e));
            }
        }

        private void readFolder(Path folder) throws IOException {
            List<Path> files;
            try (Stream<Path> children = Files.list(folder)) {
                files = children.filter(child -> !child.getFileName().toString().startsWith("."))
                        .filter(child -> !Files.isDirectory(child))
                        .sorted()
                        .toList();
            }
            files.forEach(this::readInside);
        }

        private void readInside(Path file) {
            try {
                Optional<String> objection = owners.objectionInside(file);
                if (objection.isPresent()) {
                    mistakes.add(objection.get());
                } else {
                    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
                    readFile(file, NAME_OF_CERTIFICATE.matcher(name).matches());
                }
            } catch (IOException e) {
                mistakes.add(unreadable(file, e));
            }
        }

        private void readFile(Path file, boolean expected) {
            try {
                List<PartnerCertificate> certificates = TrustFiles.readFile(file);
                certificates.forEach(certificate -> found.add(new Found(file, certificate)));
                if (certificates.isEmpty() && expected) {
                    mistakes.add("expected a certificate (PEM or DER) in " + file + ", found none; remove the file");
                }
            } catch (MalformedCertificateException e) {
                if (expected) {
                    mistakes.add(file + ": " + e.reason().message() + "; replace or remove the file");
                }
            } catch (IOException e) {
                mistakes.add(unreadable(file, e));
            }
        }

        private static String unreadable(Path path, IOException failure) {
            return failure instanceof AccessDeniedException
                    ? "expected to read " + path + ", found that this user may not; chmod a+r it, or use sudo"
                    : "expected to read " + path + ", found: " + failure;
        }
    }
}
