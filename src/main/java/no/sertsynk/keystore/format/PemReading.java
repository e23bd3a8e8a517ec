package no.sertsynk.keystore.format;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import no.sertsynk.keystore.KeystoreException;
import no.sertsynk.model.MalformedCertificateException;
import no.sertsynk.model.PartnerCertificate;

/** Takes a PEM file apart, line by line, into certificates of sertsynk's and everything else. For one use. */
final class PemReading {
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";

    private final String file;
    private final PemFormat format;
    private final List<PemSegment> segments = new ArrayList<>();
    private final Map<String, Integer> lineOfAlias = new HashMap<>();
    private final StringBuilder foreign = new StringBuilder();
    private int position;
    private int lineNumber;

    PemReading(String file, PemFormat format) {
        this.file = file;
        this.format = format;
    }

    List<PemSegment> segments() throws KeystoreException {
        while (position < file.length()) {
            int start = position;
            String line = nextLine();
            if (line.startsWith(PemEntry.MARKER)) {
                endForeign();
                segments.add(own(line.substring(PemEntry.MARKER.length()).strip()));
            } else {
                if (isBoundary(line, BEGIN)) {
                    skipBlock(label(line));
                }
                foreign.append(file, start, position);
            }
        }
        endForeign();
        return segments;
    }

    private void endForeign() {
        if (!foreign.isEmpty()) {
            segments.add(new PemSegment.Foreign(foreign.toString()));
            foreign.setLength(0);
        }
    }

    private PemSegment own(String alias) throws KeystoreException {
        int marker = lineNumber;
        String line = nextLine();
        while (PemEntry.isExplanation(line)) {
            line = nextLine();
        }
        if (alias.isEmpty() || !line.equals(PemEntry.BEGIN_CERTIFICATE)) {
            throw new KeystoreException("line " + marker + ": '" + PemEntry.MARKER + alias
                    + "' must be followed by its certificate, found something else: put the certificate back"
                    + " or remove the line");
        }
        Integer earlier = lineOfAlias.putIfAbsent(alias, marker);
        if (earlier != null) {
            throw new KeystoreException("lines " + earlier + " and " + marker + ": two certificates are named " + alias
                    + ": remove one of them with its line");
        }
        int from = position;
        int to = skipBlock("CERTIFICATE");
        return new PemSegment.Own(alias, certificate(alias, file.substring(from, to)));
    }

    private PartnerCertificate certificate(String alias, String base64) throws KeystoreException {
        try {
            return format.certificate(Base64.getMimeDecoder().decode(base64));
        } catch (IllegalArgumentException | MalformedCertificateException e) {
            throw new KeystoreException(
                    "the certificate named " + alias + " is damaged: remove it with its line; " + e.getMessage(), e);
        }
    }

    /** Moves behind the end line of the block; where that line starts. */
    private int skipBlock(String label) throws KeystoreException {
        int begin = lineNumber;
        while (position < file.length()) {
            int start = position;
            String line = nextLine();
            if (isBoundary(line, END) && label(line).equals(label)) {
                return start;
            }
            if (isBoundary(line, BEGIN)) {
                break;
            }
        }
        throw new KeystoreException("line " + begin + ": found " + BEGIN + label + DASHES + " without its " + END
                + label + DASHES + ": the file is damaged, restore it");
    }

    private static boolean isBoundary(String line, String start) {
        return line.startsWith(start) && line.endsWith(DASHES) && line.length() >= start.length() + DASHES.length();
    }

    private static String label(String boundary) {
        return boundary.substring(boundary.indexOf(' ') + 1, boundary.length() - DASHES.length());
    }

    /** The line without its end and the blanks before that; readers of PEM overlook them too. */
    private String nextLine() {
        int end = file.indexOf('\n', position);
        int next = end < 0 ? file.length() : end + 1;
        String line = file.substring(position, next).stripTrailing();
        position = next;
        lineNumber++;
        return line;
    }
}
