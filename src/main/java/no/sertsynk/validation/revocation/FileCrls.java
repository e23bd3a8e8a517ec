package no.sertsynk.validation.revocation;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.security.auth.x500.X500Principal;
import no.sertsynk.model.MalformedCertificateException;
import no.sertsynk.model.Sha256;
import no.sertsynk.validation.TrustFiles;
import no.sertsynk.validation.revocation.KnownList.Origin;

/** Revocation lists that were handed over as files. */
public final class FileCrls implements CrlSource {
    private static final byte SEQUENCE = 0x30;

    private final List<KnownList> all;
    private final Map<X500Principal, List<KnownList>> byIssuer = new HashMap<>();

    private FileCrls(List<KnownList> lists) {
        this.all = List.copyOf(lists);
        for (KnownList list : lists) {
            byIssuer.computeIfAbsent(list.header().issuer(), issuer -> new ArrayList<>())
                    .add(list);
        }
    }

    static FileCrls of(List<KnownList> lists) {
        return new FileCrls(lists);
    }

    /**
     * The lists of those files (PEM or DER) and folders.
     *
     * @throws IOException if a path is missing or a file holds no list
     */
    public static FileCrls read(List<Path> paths) throws IOException {
        List<KnownList> lists = new ArrayList<>();
        for (Path path : paths) {
            for (Path file : TrustFiles.files(path)) {
                try {
                    int index = 0;
                    for (byte[] der : ders(TrustFiles.bytes(file))) {
                        lists.add(
                                KnownList.of(der, Origin.file(file.toString()), again(file, index++, Sha256.of(der))));
                    }
                } catch (IOException e) {
                    throw new IOException("expected a revocation list in " + file + ", found: " + e.getMessage(), e);
                }
            }
        }
        return new FileCrls(lists);
    }

    /** Large lists are not kept in memory for the few times that their DER is wanted. */
    private static KnownList.Der again(Path file, int index, Sha256 expected) {
        return () -> {
            List<byte[]> ders = ders(TrustFiles.bytes(file));
            return KnownList.verified(index < ders.size() ? ders.get(index) : new byte[0], expected, file.toString());
        };
    }

    /** The lists in the bytes of a PEM or DER file, with all their entries, to be shown. */
    public static List<X509CRL> parse(byte[] bytes, String source) throws IOException {
        List<X509CRL> lists = new ArrayList<>();
        try {
            for (byte[] der : ders(bytes)) {
                lists.add((X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(der)));
            }
            return lists;
        } catch (GeneralSecurityException e) {
            throw new IOException("expected a revocation list from " + source + ", found: " + e.getMessage(), e);
        }
    }

    /** The DER of the lists in the bytes of a PEM or DER file. */
    static List<byte[]> ders(byte[] bytes) throws IOException {
        if ((bytes.length > 0 && bytes[0] == SEQUENCE) || !TrustFiles.isPem(bytes)) {
            return List.of(bytes);
        }
        try {
            return TrustFiles.blocks(bytes).stream()
                    .filter(block -> block.label().equals("X509 CRL"))
                    .map(TrustFiles.Block::der)
                    .toList();
        } catch (MalformedCertificateException e) {
            throw new IOException(e.reason().message(), e);
        }
    }

    @Override
    public Lists listsFor(X509Certificate certificate, List<X509Certificate> authorities) {
        return new Lists(atHand(certificate), List.of());
    }

    @Override
    public List<KnownList> atHand(X509Certificate certificate) {
        return byIssuer.getOrDefault(certificate.getIssuerX500Principal(), List.of());
    }

    @Override
    public List<KnownList> all() {
        return all;
    }
}
