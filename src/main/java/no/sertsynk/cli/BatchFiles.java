package no.sertsynk.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.validation.CertificateReading;
import no.sertsynk.validation.TrustFiles;
import no.sertsynk.validation.revocation.FileCrls;

/** What the cases of one batch share: files are read once. Safe for threads; two that ask at once may both read. */
final class BatchFiles {
    private final Map<Path, List<X509Certificate>> certificates = new ConcurrentHashMap<>();
    private final Map<List<Path>, FileCrls> lists = new ConcurrentHashMap<>();

    /** The readable certificates of files and folders. */
    List<X509Certificate> certificates(List<Path> paths) throws IOException {
        List<X509Certificate> all = new ArrayList<>();
        for (Path path : paths) {
            List<X509Certificate> known = certificates.get(path);
            if (known == null) {
                known = read(path);
                certificates.put(path, known);
            }
            all.addAll(known);
        }
        return all;
    }

    private static List<X509Certificate> read(Path path) throws IOException {
        List<X509Certificate> read = new ArrayList<>();
        for (Path file : TrustFiles.files(path)) {
            for (PartnerCertificate certificate : CertificateReading.readable(file)) {
                read.add(certificate.x509());
            }
        }
        return read;
    }

    /** The revocation lists of files and folders. */
    FileCrls lists(List<Path> paths) throws IOException {
        FileCrls known = lists.get(paths);
        if (known == null) {
            known = FileCrls.read(paths);
            lists.put(paths, known);
        }
        return known;
    }
}
