package no.sertsynk.register.soap;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import no.sertsynk.model.Secret;

/** A user name and password in the form of HTTP Basic (RFC 7617), and the care that they are not shown. */
final class Credentials {
    private static final String HIDDEN = "(hidden)";
    /** Shorter passwords would hide harmless parts of words. */
    private static final int SHORTEST_HIDDEN = 4;

    private final Secret password;
    private final String encoded;

    private Credentials(Secret password, String encoded) {
        this.password = password;
        this.encoded = encoded;
    }

    static Credentials of(String username, Secret password) {
        if (username.indexOf(':') >= 0 || username.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "expected a register user name without colon and control characters (RFC 7617)");
        }
        char[] characters = password.reveal();
        byte[] pair = utf8(username + ':', characters);
        String encoded = Base64.getEncoder().encodeToString(pair);
        Arrays.fill(characters, '\0');
        Arrays.fill(pair, (byte) 0);
        return new Credentials(password, encoded);
    }

    private static byte[] utf8(String name, char[] password) {
        CharBuffer both = CharBuffer.allocate(name.length() + password.length);
        both.put(name).put(password).flip();
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(both);
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        return bytes;
    }

    /** The value of the Authorization header. */
    String authorization() {
        return "Basic " + encoded;
    }

    /** The text without the password, should a server have echoed it. */
    String redact(String text) {
        String redacted = text.replace(encoded, HIDDEN);
        char[] characters = password.reveal();
        String shown = new String(characters);
        return shown.length() < SHORTEST_HIDDEN ? redacted : redacted.replace(shown, HIDDEN);
    }

    @Override
    public String toString() {
        return "(credentials)";
    }
}
