package no.sertsynk.register.rest;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.List;
import java.util.Optional;

/** Reads the private keys that the client proves itself with. No message tells what a file holds. */
final class ClientKeys {
    private static final int MAX_BYTES = 64 * 1024;
    private static final int LEAST_RSA_BITS = 2048;

    private ClientKeys() {}

    /** A key file that cannot be used; the message says why. */
    static final class UnusableKeyException extends Exception {
        private static final long serialVersionUID = 1L;

        UnusableKeyException(String found) {
            super(found);
        }
    }

    /** The private keys of the file in its order; at least one. While keys are rotated, a set holds the new and the old. */
    static List<JWK> read(Path file, Optional<String> keyId) throws UnusableKeyException {
        String text = text(file);
        List<JWK> keys;
        try {
            keys = text.startsWith("{") ? jwks(text) : List.of(pem(text, keyId));
        } catch (ParseException | JOSEException | RuntimeException e) {
            // The reader of PEM tells of some broken encodings by unchecked exceptions.
            throw new UnusableKeyException("something that is neither a JWK nor a key in PEM");
        }
        List<JWK> usable = keys.stream().filter(ClientKeys::canSign).toList();
        if (usable.isEmpty()) {
            throw new UnusableKeyException("no private key that can sign (RSA of " + LEAST_RSA_BITS
                    + " bits or more, or elliptic curve P-256, P-384, P-521)");
        }
        return usable;
    }

    private static String text(Path file) throws UnusableKeyException {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new UnusableKeyException("a file of " + Files.size(file) + " bytes");
            }
            return Files.readString(file, StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UnusableKeyException(
                    switch (e) {
                        case NoSuchFileException none -> "no file";
                        case AccessDeniedException denied -> "a file that this user may not read";
                        default -> "a file that cannot be read as text";
                    });
        }
    }

    private static List<JWK> jwks(String text) throws ParseException {
        return text.contains("\"keys\"") ? JWKSet.parse(text).getKeys() : List.of(JWK.parse(text));
    }

    private static JWK pem(String text, Optional<String> keyId) throws JOSEException {
        JWK key = JWK.parseFromPEMEncodedObjects(text);
        return switch (key) {
            case RSAKey rsa -> new RSAKey.Builder(rsa).keyID(keyId.orElse(null)).build();
            case ECKey ec -> new ECKey.Builder(ec).keyID(keyId.orElse(null)).build();
            default -> key;
        };
    }

    private static boolean canSign(JWK key) {
        return key.isPrivate()
                && switch (key) {
                    case RSAKey rsa -> rsa.size() >= LEAST_RSA_BITS;
                    case ECKey ec ->
                        List.of(Curve.P_256, Curve.P_384, Curve.P_521).contains(ec.getCurve());
                    default -> false;
                };
    }

    /** What the key signs with: what it says itself, else PS or ES in its size. */
    static JWSAlgorithm algorithm(JWK key) {
        if (key.getAlgorithm() != null) {
            return JWSAlgorithm.parse(key.getAlgorithm().getName());
        }
        if (key instanceof ECKey ec) {
            return ec.getCurve().equals(Curve.P_256)
                    ? JWSAlgorithm.ES256
                    : ec.getCurve().equals(Curve.P_384) ? JWSAlgorithm.ES384 : JWSAlgorithm.ES512;
        }
        return JWSAlgorithm.PS256;
    }
}
