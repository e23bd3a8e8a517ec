package no.sertsynk.validation.revocation;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.security.auth.x500.X500Principal;
import no.sertsynk.model.MalformedCertificateException;
import no.sertsynk.validation.TrustFiles;

/** Revocation lists that were handed over as files. */
public final class FileCrls implements CrlSource {
    private final List<X509CRL> all;
    private final Map<X500Principal, List<SourcedCrl>> byIssuer = new HashMap<>();

    private FileCrls(List<SourcedCrl> lists) {
        this.all = lists.stream().map(SourcedCrl::crl).toList();
        for (SourcedCrl list : lists) {
            byIssuer.computeIfAbsent(list.crl().getIssuerX500Principal(), issuer -> new ArrayList<>())
                    .add(list);
        }
    }

    static FileCrls of(List<SourcedCrl> lists) {
        return new FileCrls(lists);
    }

    /**
     * The lists of those files (PEM or DER) and folders.
     *
     * @throws IOException if a path is missing or a file holds no list
     */
    public static FileCrls read(List<Path> paths) throws IOException {
        List<SourcedCrl> lists = new ArrayList<>();
        for (Path path : paths) {
            for (Path file : TrustFiles.files(path)) {
                for (X509CRL crl : parse(TrustFiles.bytes(file), file.toString())) {
                    lists.add(new SourcedCrl(crl, file.toString()));
                }
            }
        }
        return new FileCrls(lists);
    }

    /** The lists in the bytes of a PEM or DER file. */
    public static List<X509CRL> parse(byte[] bytes, String source) throws IOException {
        List<X509CRL> lists = new ArrayList<>();
        try {
            if (!TrustFiles.isPem(bytes)) {
                return List.of(parseDer(bytes));
            }
            for (TrustFiles.Block block : TrustFiles.blocks(bytes)) {
                if (block.label().equals("X509 CRL")) {
                    lists.add(parseDer(block.der()));
                }
            }
            return lists;
        } catch (CRLException | CertificateException | MalformedCertificateException e) {
            throw new IOException("expected a revocation list from " + source + ", found: " + e.getMessage(), e);
        }
    }

    private static X509CRL parseDer(byte[] der) throws CRLException, CertificateException {
        return (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(der));
    }

    @Override
    public Lists listsFor(X509Certificate certificate) {
        return new Lists(byIssuer.getOrDefault(certificate.getIssuerX500Principal(), List.of()), List.of());
    }

    @Override
    public List<X509CRL> all() {
        return all;
    }
}
