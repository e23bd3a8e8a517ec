package no.sertsynk.benchmark;

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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.jcajce.PKIXExtendedBuilderParameters;
import org.bouncycastle.jcajce.PKIXExtendedParameters;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The shortest program that gives the cases of a batch their verdicts by Bouncy Castle's PKIX: what {@code validate
 * --batch}, as a cold process, is measured against. Takes the files of cases, prints a line a case.
 */
public final class ShortestBatch {
    private final CertificateFactory factory;
    private final Map<String, Object> fields = new HashMap<>();
    private final Path folder;

    private ShortestBatch(Path folder) throws GeneralSecurityException {
        this.folder = folder;
        this.factory = CertificateFactory.getInstance("X.509", "BC");
    }

    public static void main(String[] files) throws IOException, GeneralSecurityException {
        Security.addProvider(new BouncyCastleProvider());
        for (String file : files) {
            for (String line : Files.readAllLines(Path.of(file))) {
                ShortestBatch one =
                        new ShortestBatch(Path.of(file).toAbsolutePath().resolveSibling(""));
                one.parse(line);
                System.out.println(one.fields.get("id") + " " + one.isValid());
            }
        }
    }

    private void parse(String line) {
        try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), line)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                if (parser.nextToken() == JsonToken.START_ARRAY) {
                    List<String> texts = new ArrayList<>();
                    while (parser.nextToken() != JsonToken.END_ARRAY) {
                        texts.add(parser.getString());
                    }
                    fields.put(name, texts);
                } else {
                    fields.put(name, parser.getString());
                }
            }
        }
    }

    private boolean isValid() throws IOException {
        try {
            Set<TrustAnchor> anchors = new HashSet<>();
            for (String path : list("trust")) {
                anchors.add(new TrustAnchor(certificate(path), null));
            }
            List<Object> store = new ArrayList<>();
            for (String path : list("intermediates")) {
                store.add(certificate(path));
            }
            for (String path : list("crls")) {
                store.add(factory.generateCRL(new ByteArrayInputStream(read(path))));
            }
            X509Certificate target = certificate(text("certificate"));
            store.add(target);
            CertPathBuilder.getInstance("PKIX", "BC").build(parameters(anchors, store, target));
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private PKIXExtendedBuilderParameters parameters(
            Set<TrustAnchor> anchors, List<Object> store, X509Certificate target) throws GeneralSecurityException {
        X509CertSelector selector = new X509CertSelector();
        selector.setCertificate(target);
        PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, selector);
        parameters.setDate(Date.from(Instant.parse(text("at"))));
        parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(store)));
        parameters.setInitialPolicies(new HashSet<>(list("initialPolicies")));
        parameters.setExplicitPolicyRequired(text("explicitPolicy").equals("true"));
        parameters.setPolicyMappingInhibited(text("inhibitMapping").equals("true"));
        parameters.setAnyPolicyInhibited(text("inhibitAny").equals("true"));
        return new PKIXExtendedBuilderParameters.Builder(new PKIXExtendedParameters.Builder(parameters)
                        .setUseDeltasEnabled(true)
                        .build())
                .setMaxPathLength(-1)
                .build();
    }

    private X509Certificate certificate(String path) throws IOException, GeneralSecurityException {
        return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(read(path)));
    }

    private byte[] read(String path) throws IOException {
        return Files.readAllBytes(folder.resolve(path));
    }

    private String text(String name) {
        return String.valueOf(fields.get(name));
    }

    private List<String> list(String name) {
        List<String> texts = new ArrayList<>();
        if (fields.get(name) instanceof List<?> values) {
            values.forEach(value -> texts.add(String.valueOf(value)));
        }
        return texts;
    }
}
