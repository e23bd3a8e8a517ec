package no.sertsynk.keystore.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import no.sertsynk.keystore.KeystoreChange;
import no.sertsynk.keystore.KeystoreContents;
import no.sertsynk.keystore.KeystoreException;
import no.sertsynk.model.PartnerCertificate;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DLSequence;
import org.bouncycastle.asn1.pkcs.ContentInfo;
import org.bouncycastle.asn1.pkcs.MacData;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.Pfx;
import org.jspecify.annotations.Nullable;

/** The bags of a PKCS #12 file, in their order. What is not changed is written as it was read. */
final class Pkcs12Image implements StoreImage {
    /** More than all that is not a bag usually takes. */
    private static final int ROOM_AROUND = 4096;

    private final boolean exists;
    private final List<Pkcs12Safe> safes;
    private final int iterations;
    private final boolean rewriteDue;
    private final Pkcs12Encryption encryption;
    private final Pkcs12Integrity integrity;
    private final Map<String, ByteBuffer> certificates = new HashMap<>();
    private @Nullable KeystoreContents contents;

    private Pkcs12Image(
            boolean exists,
            List<Pkcs12Safe> safes,
            int iterations,
            boolean rewriteDue,
            Pkcs12Encryption encryption,
            Pkcs12Integrity integrity) {
        this.exists = exists;
        this.safes = List.copyOf(safes);
        this.iterations = iterations;
        this.rewriteDue = rewriteDue;
        this.encryption = encryption;
        this.integrity = integrity;
        for (Pkcs12Safe safe : safes) {
            for (Pkcs12Bag bag : safe.bags()) {
                bag.trusted()
                        .ifPresent(der -> certificates.putIfAbsent(bag.alias().orElseThrow(), der));
            }
        }
    }

    static Pkcs12Image absent(Pkcs12Encryption encryption, Pkcs12Integrity integrity) {
        return new Pkcs12Image(false, List.of(), Pkcs12Keys.ITERATIONS, false, encryption, integrity);
    }

    static Pkcs12Image read(List<Pkcs12Safe> safes, MacData mac, Pkcs12Encryption encryption, Pkcs12Integrity integrity)
            throws KeystoreException {
        boolean rewriteDue = !integrity.isCurrent(mac) || safes.stream().anyMatch(Pkcs12Safe::rewriteDue);
        return new Pkcs12Image(true, safes, integrity.iterations(mac), rewriteDue, encryption, integrity);
    }

    @Override
    public boolean rewriteDue() {
        return rewriteDue;
    }

    /** Made when first asked for: to prove a file it need not parse its certificates. */
    @Override
    public KeystoreContents contents() {
        if (contents == null) {
            contents = readContents();
        }
        return contents;
    }

    private KeystoreContents readContents() {
        Map<String, PartnerCertificate> certificates = new HashMap<>();
        Set<String> keys = new HashSet<>();
        for (Pkcs12Safe safe : safes) {
            for (Pkcs12Bag bag : safe.bags()) {
                if (bag.isKey()) {
                    bag.alias().ifPresent(keys::add);
                } else if (bag.alias().isPresent() && bag.trusted().isPresent()) {
                    Certificates.parse(bag.trusted().get())
                            .ifPresent(read -> certificates.put(bag.alias().get(), read));
                }
            }
        }
        return new KeystoreContents(exists, certificates, keys, rewriteDue);
    }

    @Override
    public List<String> foreignAliases() {
        List<String> foreign = new ArrayList<>();
        Set<String> entries = new HashSet<>();
        for (Pkcs12Safe safe : safes) {
            for (Pkcs12Bag bag : safe.bags()) {
                bag.alias().ifPresent(alias -> {
                    if (bag.trusted().isEmpty() || !entries.add(alias)) {
                        foreign.add(alias);
                    }
                });
            }
        }
        return foreign;
    }

    @Override
    public Set<String> certificateAliases() {
        return certificates.keySet();
    }

    @Override
    public StoreImage with(KeystoreChange due) {
        Map<String, PartnerCertificate> missing = new TreeMap<>(due.put());
        List<Pkcs12Safe> changed = new ArrayList<>();
        for (Pkcs12Safe safe : safes) {
            Pkcs12Safe made = changed(safe, due, missing);
            if (safe.bags().isEmpty() || !made.bags().isEmpty()) {
                changed.add(made);
            }
        }
        add(missing, changed);
        Pkcs12Image image = new Pkcs12Image(true, changed, iterations, false, encryption, integrity);
        image.contents = contents == null ? null : contents.with(due);
        return image;
    }

    /** An entry that is replaced keeps its place and is no longer missing. */
    private static Pkcs12Safe changed(Pkcs12Safe safe, KeystoreChange due, Map<String, PartnerCertificate> missing) {
        List<Pkcs12Bag> bags = new ArrayList<>(safe.bags().size());
        boolean differs = false;
        for (Pkcs12Bag bag : safe.bags()) {
            String alias = bag.trusted().isPresent() ? bag.alias().orElse("") : "";
            PartnerCertificate put = missing.remove(alias);
            if (put != null) {
                bags.add(Pkcs12Bag.trusted(alias, put));
            } else if (!due.remove().contains(alias)) {
                bags.add(bag);
                continue;
            }
            differs = true;
        }
        return differs ? safe.with(bags) : safe;
    }

    /** New entries stand behind the trusted certificates that are there already, else in a part of their own. */
    private static void add(Map<String, PartnerCertificate> missing, List<Pkcs12Safe> safes) {
        if (missing.isEmpty()) {
            return;
        }
        List<Pkcs12Bag> added = new ArrayList<>();
        missing.forEach((alias, certificate) -> added.add(Pkcs12Bag.trusted(alias, certificate)));
        for (int i = 0; i < safes.size(); i++) {
            List<Pkcs12Bag> there = safes.get(i).bags();
            if (there.stream().anyMatch(bag -> bag.trusted().isPresent())) {
                added.addAll(0, there);
                safes.set(i, safes.get(i).with(added));
                return;
            }
        }
        safes.add(new Pkcs12Safe.Encrypted(added, Pkcs12Keys.ITERATIONS, Optional.empty()));
    }

    @Override
    public byte[] encode() throws KeystoreException {
        try {
            ASN1Encodable[] infos = new ASN1Encodable[safes.size()];
            for (int i = 0; i < infos.length; i++) {
                infos[i] = safes.get(i).encode(encryption);
            }
            byte[] authenticated = encoded(new DLSequence(infos));
            ContentInfo authSafe = new ContentInfo(PKCSObjectIdentifiers.data, new DEROctetString(authenticated));
            return encoded(new Pfx(authSafe, integrity.over(authenticated, iterations)));
        } catch (IOException e) {
            throw new KeystoreException("the new file cannot be encoded: " + e.getMessage(), e);
        }
    }

    /** Into room for all of it, since room that grows is copied again and again. */
    private byte[] encoded(ASN1Object object) throws IOException {
        int length = safes.stream()
                .flatMap(safe -> safe.bags().stream())
                .mapToInt(bag -> bag.encoded().remaining())
                .sum();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(length + ROOM_AROUND);
        object.encodeTo(bytes, ASN1Encoding.DL);
        return bytes.toByteArray();
    }

    @Override
    public Optional<ByteBuffer> certificate(String alias) {
        return Optional.ofNullable(certificates.get(alias));
    }

    /** Bag by bag, each behind a mark that tells whether it is encrypted. */
    @Override
    public List<Object> others(Set<String> aliases) {
        List<Object> others = new ArrayList<>();
        for (Pkcs12Safe safe : safes) {
            for (Pkcs12Bag bag : safe.bags()) {
                if (bag.trusted().isEmpty() || !aliases.contains(bag.alias().orElse(""))) {
                    others.add(ByteBuffer.wrap(new byte[] {(byte) (safe instanceof Pkcs12Safe.Plain ? 0 : 1)}));
                    others.add(bag.encoded());
                }
            }
        }
        return others;
    }
}
