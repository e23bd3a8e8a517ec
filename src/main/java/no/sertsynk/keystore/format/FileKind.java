package no.sertsynk.keystore.format;

import java.nio.charset.StandardCharsets;
import no.sertsynk.keystore.KeystoreException;

/** What a file seems to be by its first bytes, to tell of a wrong {@code type} in words that help. */
enum FileKind {
    JKS("JKS"),
    JCEKS("JCEKS"),
    PEM("PEM"),
    DER("PKCS12 or BCFKS"),
    EMPTY("empty"),
    OTHER("unknown");

    private static final int JKS_MAGIC = 0xfeedfeed;
    private static final int JCEKS_MAGIC = 0xcececece;
    private static final int SEQUENCE = 0x30;

    private final String text;

    FileKind(String text) {
        this.text = text;
    }

    static FileKind of(byte[] file) {
        if (file.length == 0) {
            return EMPTY;
        }
        int first = 0;
        for (int i = 0; i < Integer.BYTES && i < file.length; i++) {
            first = first << Byte.SIZE | file[i] & 0xff;
        }
        return switch (first) {
            case JKS_MAGIC -> JKS;
            case JCEKS_MAGIC -> JCEKS;
            default -> file[0] == SEQUENCE ? DER : isPem(file) ? PEM : OTHER;
        };
    }

    private static boolean isPem(byte[] file) {
        return new String(file, StandardCharsets.ISO_8859_1).contains("-----BEGIN ");
    }

    /**
     * @throws KeystoreException if the file is clearly not of that kind
     */
    static void require(FileKind kind, String type, byte[] file) throws KeystoreException {
        FileKind found = of(file);
        if (found == EMPTY) {
            throw new KeystoreException(
                    "expected a " + type + " keystore, found an empty file: restore it, or remove it to begin anew");
        }
        if (found != kind) {
            throw new KeystoreException("expected a " + type + " keystore, found a file of the format " + found.text
                    + ": convert it (such as by keytool -importkeystore), or check the keystore's type");
        }
    }
}
