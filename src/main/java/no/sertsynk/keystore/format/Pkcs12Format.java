package no.sertsynk.keystore.format;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import no.sertsynk.keystore.KeystoreChange;
import no.sertsynk.keystore.KeystoreContents;
import no.sertsynk.keystore.KeystoreException;
import no.sertsynk.model.MalformedCertificateException;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Secret;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.pkcs.ContentInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.crypto.util.PBKDF2Config;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.OutputEncryptor;
import org.bouncycastle.pkcs.PKCS12PfxPdu;
import org.bouncycastle.pkcs.PKCS12PfxPduBuilder;
import org.bouncycastle.pkcs.PKCS12SafeBag;
import org.bouncycastle.pkcs.PKCS12SafeBagBuilder;
import org.bouncycastle.pkcs.PKCS12SafeBagFactory;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcePKCS12MacCalculatorBuilder;
import org.bouncycastle.pkcs.jcajce.JcePKCS12MacCalculatorBuilderProvider;
import org.bouncycastle.pkcs.jcajce.JcePKCSPBEInputDecryptorProviderBuilder;
import org.bouncycastle.pkcs.jcajce.JcePKCSPBEOutputEncryptorBuilder;

/**
 * PKCS #12 (RFC 7292), bag by bag. Java's own KeyStore forgets certificate bags that lack its trust attribute, such as
 * OpenSSL writes, when it stores a file again; here every bag that is not ours is carried over as it is.
 */
final class Pkcs12Format implements KeystoreFormat {
    /** By which Java knows a certificate-only entry: without it keytool and JSSE see none. */
    private static final ASN1ObjectIdentifier TRUSTED = new ASN1ObjectIdentifier("2.16.840.1.113894.746875.1.1");

    private static final int ITERATIONS = 10_000;
    private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();

    /** A bag and whether it lay in an encrypted part. */
    private record Bag(PKCS12SafeBag bag, boolean encrypted) {
        Optional<String> alias() {
            return attribute(PKCS12SafeBag.friendlyNameAttribute)
                    .filter(values -> values.getAttrValues().size() > 0)
                    .map(values -> ((ASN1String) values.getAttrValues().getObjectAt(0)).getString());
        }

        Optional<Attribute> attribute(ASN1ObjectIdentifier type) {
            Attribute[] attributes = bag.getAttributes();
            return attributes == null
                    ? Optional.empty()
                    : Arrays.stream(attributes)
                            .filter(attribute -> attribute.getAttrType().equals(type))
                            .findFirst();
        }

        boolean isTrustedCertificate() {
            return bag.getType().equals(PKCSObjectIdentifiers.certBag)
                    && attribute(TRUSTED).isPresent()
                    && alias().isPresent();
        }

        boolean isKey() {
            ASN1ObjectIdentifier type = bag.getType();
            return type.equals(PKCSObjectIdentifiers.keyBag)
                    || type.equals(PKCSObjectIdentifiers.pkcs8ShroudedKeyBag)
                    || type.equals(PKCSObjectIdentifiers.secretBag);
        }
    }

    @Override
    public KeystoreContents read(byte[] bytes, Optional<Secret> password) throws KeystoreException {
        return contents(bags(bytes, characters(password)));
    }

    private static KeystoreContents contents(List<Bag> bags) throws KeystoreException {
        Map<String, PartnerCertificate> certificates = new HashMap<>();
        Set<String> keys = new HashSet<>();
        for (Bag bag : bags) {
            if (bag.isTrustedCertificate()) {
                certificates.put(fold(bag.alias().orElseThrow()), certificate(bag.bag()));
            } else if (bag.isKey()) {
                bag.alias().map(Pkcs12Format::fold).ifPresent(keys::add);
            }
        }
        return new KeystoreContents(true, certificates, keys);
    }

    /** Java's PKCS #12 folds the case of aliases; so must whoever writes for it. */
    private static String fold(String alias) {
        return alias.toLowerCase(Locale.ROOT);
    }

    private static PartnerCertificate certificate(PKCS12SafeBag bag) throws KeystoreException {
        try {
            return PartnerCertificate.parse(((X509CertificateHolder) bag.getBagValue()).getEncoded());
        } catch (MalformedCertificateException | IOException e) {
            throw new KeystoreException("expected readable certificates in the keystore, found: " + e.getMessage(), e);
        }
    }

    private static char[] characters(Optional<Secret> password) throws KeystoreException {
        return password.filter(secret -> !secret.isEmpty())
                .orElseThrow(() -> new KeystoreException(
                        "expected a password for the PKCS12 keystore, found none; set its passwordFile"))
                .reveal();
    }

    private static List<Bag> bags(byte[] bytes, char[] password) throws KeystoreException {
        try {
            PKCS12PfxPdu pfx = new PKCS12PfxPdu(bytes);
            if (!pfx.hasMac()) {
                throw new KeystoreException("expected a PKCS12 file protected by its password, found one without");
            }
            if (!pfx.isMacValid(new JcePKCS12MacCalculatorBuilderProvider().setProvider(PROVIDER), password)) {
                throw new KeystoreException(
                        "expected the keystore's password, found a wrong one (or a damaged file); check passwordFile");
            }
            List<Bag> bags = new ArrayList<>();
            for (ContentInfo info : pfx.getContentInfos()) {
                boolean encrypted = info.getContentType().equals(PKCSObjectIdentifiers.encryptedData);
                PKCS12SafeBagFactory factory = encrypted
                        ? new PKCS12SafeBagFactory(
                                info,
                                new JcePKCSPBEInputDecryptorProviderBuilder()
                                        .setProvider(PROVIDER)
                                        .build(password))
                        : new PKCS12SafeBagFactory(info);
                for (PKCS12SafeBag bag : factory.getSafeBags()) {
                    bags.add(new Bag(bag, encrypted));
                }
            }
            return bags;
        } catch (IOException | PKCSException | RuntimeException e) {
            // A truncated file makes the library fail in many ways; for us they are one.
            throw new KeystoreException("expected a whole PKCS12 file, found one that cannot be read: " + e, e);
        }
    }

    @Override
    public byte[] write(byte[] bytes, KeystoreChange change, Optional<Secret> password) throws KeystoreException {
        char[] characters = characters(password);
        List<Bag> before = bytes.length == 0 ? List.of() : bags(bytes, characters);
        List<Bag> kept = new ArrayList<>();
        for (Bag bag : before) {
            String alias = fold(bag.alias().orElse(""));
            boolean ours = bag.isTrustedCertificate()
                    && (change.put().containsKey(alias) || change.remove().contains(alias));
            if (bag.isKey() && change.put().containsKey(alias)) {
                throw new KeystoreException("expected the alias '" + alias + "' free, found a private key under it");
            }
            if (!ours) {
                kept.add(bag);
            }
        }
        byte[] written = build(kept, new TreeMap<>(change.put()), characters);
        prove(kept, change, written, characters);
        return written;
    }

    private static byte[] build(List<Bag> kept, Map<String, PartnerCertificate> put, char[] password)
            throws KeystoreException {
        try {
            List<PKCS12SafeBag> encrypted = new ArrayList<>();
            PKCS12PfxPduBuilder builder = new PKCS12PfxPduBuilder();
            for (Bag bag : kept) {
                if (bag.encrypted()) {
                    encrypted.add(bag.bag());
                } else {
                    builder.addData(bag.bag());
                }
            }
            for (Map.Entry<String, PartnerCertificate> entry : put.entrySet()) {
                encrypted.add(bag(entry.getKey(), entry.getValue()));
            }
            builder.addEncryptedData(encryptor(password), encrypted.toArray(new PKCS12SafeBag[0]));
            return builder.build(
                            new JcePKCS12MacCalculatorBuilder(NISTObjectIdentifiers.id_sha256)
                                    .setProvider(PROVIDER)
                                    .setIterationCount(ITERATIONS),
                            password)
                    .getEncoded(ASN1Encoding.DER);
        } catch (IOException | PKCSException | OperatorCreationException e) {
            throw new KeystoreException("the PKCS12 file could not be made: " + e.getMessage(), e);
        }
    }

    private static OutputEncryptor encryptor(char[] password) throws OperatorCreationException {
        PBKDF2Config derivation = new PBKDF2Config.Builder()
                .withPRF(PBKDF2Config.PRF_SHA256)
                .withIterationCount(ITERATIONS)
                .withSaltLength(20)
                .build();
        return new JcePKCSPBEOutputEncryptorBuilder(derivation, NISTObjectIdentifiers.id_aes256_CBC)
                .setProvider(PROVIDER)
                .build(password);
    }

    private static PKCS12SafeBag bag(String alias, PartnerCertificate certificate)
            throws IOException {
        PKCS12SafeBagBuilder builder = new PKCS12SafeBagBuilder(new X509CertificateHolder(certificate.der()));
        builder.addBagAttribute(PKCS12SafeBag.friendlyNameAttribute, new DERBMPString(alias));
        builder.addBagAttribute(TRUSTED, KeyPurposeId.anyExtendedKeyUsage.toOID());
        return builder.build();
    }

    /** Reads back what was made: every bag that was there is there, and ours are as asked. */
    private static void prove(List<Bag> kept, KeystoreChange change, byte[] written, char[] password)
            throws KeystoreException {
        List<Bag> after = bags(written, password);
        KeystoreContents contents = contents(after);
        if (!contents.certificates().entrySet().containsAll(change.put().entrySet())
                || after.size() != kept.size() + change.put().size()) {
            throw new KeystoreException("the new file does not hold what it should; the keystore is left as it was");
        }
        Set<Object> present = new HashSet<>();
        after.forEach(bag -> present.add(bag.bag().toASN1Structure()));
        for (Bag bag : kept) {
            if (!present.contains(bag.bag().toASN1Structure())) {
                throw new KeystoreException(
                        "the new file would lose an entry that is not ours; the keystore is left as it was");
            }
        }
    }
}
