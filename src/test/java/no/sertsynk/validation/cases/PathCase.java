package no.sertsynk.validation.cases;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Security;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import no.sertsynk.validation.cases.Forge.Node;
import org.bouncycastle.jcajce.PKIXExtendedBuilderParameters;
import org.bouncycastle.jcajce.PKIXExtendedParameters;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * A certificate with what there is to judge it by, and the verdict that RFC 5280 gives.
 *
 * @param anchors trusted as they are
 * @param lists DER; revocation is required if there is one, else off
 * @param policies the settings of RFC 5280, 6.1.1 (c) to (g)
 */
record PathCase(
        String id,
        List<Node> anchors,
        List<Node> others,
        List<byte[]> lists,
        Node certificate,
        Policies policies,
        boolean valid) {
    /** What the user asks of policies. */
    record Policies(Set<String> initial, boolean explicit, boolean inhibitMapping, boolean inhibitAny) {
        static final Policies ANY = new Policies(Set.of(), false, false, false);
    }

    static PathCase of(String id, Node anchor, List<Node> others, Node certificate, boolean valid) {
        return new PathCase(id, List.of(anchor), others, List.of(), certificate, Policies.ANY, valid);
    }

    PathCase with(List<byte[]> revocationLists) {
        return new PathCase(id, anchors, others, revocationLists, certificate, policies, valid);
    }

    PathCase with(Policies wanted) {
        return new PathCase(id, anchors, others, lists, certificate, wanted, valid);
    }

    /** The line of a batch; its files are written below the folder. */
    String line(Path folder) throws IOException, GeneralSecurityException {
        StringBuilder line = new StringBuilder("{\"id\":\"" + id + "\",\"at\":\"" + Forge.NOW + "\"");
        line.append(",\"certificate\":")
                .append(file(folder, "c", certificate.certificate().getEncoded()));
        line.append(",\"trust\":").append(files(folder, "t", encoded(anchors)));
        line.append(",\"intermediates\":").append(files(folder, "i", encoded(others)));
        if (!lists.isEmpty()) {
            line.append(",\"crls\":").append(files(folder, "l", lists));
        }
        line.append(",\"initialPolicies\":")
                .append(policies.initial().stream()
                        .collect(Collectors.joining("\",\"", "[\"", "\"]"))
                        .replace("\"\"", ""))
                .append(",\"explicitPolicy\":" + policies.explicit())
                .append(",\"inhibitMapping\":" + policies.inhibitMapping())
                .append(",\"inhibitAny\":" + policies.inhibitAny());
        return line.append('}').toString();
    }

    private static List<byte[]> encoded(List<Node> nodes) throws GeneralSecurityException {
        List<byte[]> encoded = new ArrayList<>();
        for (Node node : nodes) {
            encoded.add(node.certificate().getEncoded());
        }
        return encoded;
    }

    private String files(Path folder, String kind, List<byte[]> contents) throws IOException {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < contents.size(); i++) {
            names.add(file(folder, kind + i, contents.get(i)));
        }
        return names.toString();
    }

    private String file(Path folder, String kind, byte[] content) throws IOException {
        String name = id.replace('/', '_').replace(' ', '_') + "." + kind;
        Files.write(folder.resolve(name), content);
        return "\"" + name + "\"";
    }

    /** What Bouncy Castle's own search and validation say, to hold the cases themselves to. */
    boolean isValidByTheLibrary() throws GeneralSecurityException {
        if (Security.getProvider("BC") == null) {
            Security.addProvider(new BouncyCastleProvider());
        }
        CertificateFactory factory = CertificateFactory.getInstance("X.509", "BC");
        Set<TrustAnchor> trusted = new HashSet<>();
        for (Node anchor : anchors) {
            trusted.add(new TrustAnchor(anchor.certificate(), null));
        }
        List<Object> store = new ArrayList<>();
        for (Node other : others) {
            store.add(factory.generateCertificate(
                    new ByteArrayInputStream(other.certificate().getEncoded())));
        }
        for (byte[] list : lists) {
            store.add(factory.generateCRL(new ByteArrayInputStream(list)));
        }
        X509Certificate target = (X509Certificate) factory.generateCertificate(
                new ByteArrayInputStream(certificate.certificate().getEncoded()));
        store.add(target);
        X509CertSelector selector = new X509CertSelector();
        selector.setCertificate(target);
        PKIXBuilderParameters parameters = new PKIXBuilderParameters(trusted, selector);
        parameters.setDate(Date.from(Forge.NOW));
        parameters.setRevocationEnabled(!lists.isEmpty());
        parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(store)));
        parameters.setInitialPolicies(policies.initial());
        parameters.setExplicitPolicyRequired(policies.explicit());
        parameters.setPolicyMappingInhibited(policies.inhibitMapping());
        parameters.setAnyPolicyInhibited(policies.inhibitAny());
        try {
            CertPathBuilder.getInstance("PKIX", "BC")
                    .build(new PKIXExtendedBuilderParameters.Builder(new PKIXExtendedParameters.Builder(parameters)
                                    .setUseDeltasEnabled(true)
                                    .build())
                            .setMaxPathLength(-1)
                            .build());
            return true;
        } catch (java.security.cert.CertPathBuilderException e) {
            return false;
        }
    }
}
