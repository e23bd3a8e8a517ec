package no.sertsynk.keystore.format;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
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

/**
 * One bundle of PEM certificates. A line before each of ours gives its alias (RFC 7468, 5.2 allows such text); all other
 * text stays byte for byte. The same entries give the same bytes.
 */
final class PemFormat implements KeystoreFormat {
    private static final String MARK = "# sertsynk: ";
    private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
    private static final String END = "-----END CERTIFICATE-----";

    /** The text that is not ours, and our entries. */
    private record Bundle(String foreign, Map<String, PartnerCertificate> ours) {}

    @Override
    public KeystoreContents read(byte[] bytes, Optional<Secret> password) throws KeystoreException {
        return new KeystoreContents(true, parse(bytes).ours(), Set.of());
    }

    @Override
    public byte[] write(byte[] bytes, KeystoreChange change, Optional<Secret> password) throws KeystoreException {
        Bundle before = parse(bytes);
        Map<String, PartnerCertificate> ours = new TreeMap<>(before.ours());
        ours.keySet().removeAll(change.remove());
        ours.putAll(change.put());
        StringBuilder text = new StringBuilder(before.foreign());
        if (!text.isEmpty() && text.charAt(text.length() - 1) != '\n') {
            text.append('\n');
        }
        ours.forEach((alias, certificate) -> append(text, alias, certificate));
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void append(StringBuilder text, String alias, PartnerCertificate certificate) {
        Base64.Encoder encoder = Base64.getMimeEncoder(64, new byte[] {'\n'});
        text.append(MARK).append(alias).append('\n');
        text.append(BEGIN).append('\n');
        text.append(encoder.encodeToString(certificate.der())).append('\n');
        text.append(END).append('\n');
    }

    private static Bundle parse(byte[] bytes) throws KeystoreException {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        StringBuilder foreign = new StringBuilder();
        Map<String, PartnerCertificate> ours = new HashMap<>();
        List<String> lines = lines(text);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (!line.startsWith(MARK)) {
                foreign.append(line);
                continue;
            }
            String alias = line.substring(MARK.length()).strip();
            StringBuilder block = new StringBuilder();
            do {
                i++;
                if (i >= lines.size()) {
                    throw damaged(alias, "the end of the file");
                }
                block.append(lines.get(i));
            } while (!lines.get(i).strip().equals(END));
            if (ours.put(alias, certificate(alias, block.toString())) != null) {
                throw damaged(alias, "a second entry of that alias");
            }
        }
        return new Bundle(foreign.toString(), ours);
    }

    private static PartnerCertificate certificate(String alias, String block) throws KeystoreException {
        String body = block.strip();
        if (!body.startsWith(BEGIN)) {
            throw damaged(alias, "other text");
        }
        try {
            String base64 = body.substring(BEGIN.length(), body.length() - END.length());
            return PartnerCertificate.parse(Base64.getMimeDecoder().decode(base64.strip()));
        } catch (MalformedCertificateException | IllegalArgumentException e) {
            throw new KeystoreException("expected a certificate after '" + MARK + alias + "', found: " + e.getMessage(), e);
        }
    }

    private static KeystoreException damaged(String alias, String found) {
        return new KeystoreException("expected a certificate after the line '" + MARK + alias + "', found " + found
                + "; repair the file or take it away, it is then made anew");
    }

    /** The lines with their own ends. */
    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        int from = 0;
        while (from < text.length()) {
            int end = text.indexOf('\n', from);
            int next = end < 0 ? text.length() : end + 1;
            lines.add(text.substring(from, next));
            from = next;
        }
        return lines;
    }
}
