package no.sertsynk.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A recorded message: a whole envelope, which is served as it stands, or the bare document of a party or of certificate
 * details, which becomes the result of an envelope. What is neither is served as it stands, too.
 */
final class SandboxRegisterRecording {
    private final byte[] bytes;

    SandboxRegisterRecording(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    byte[] answer(String soap, String operation) {
        // One character a byte, so that broken documents keep their bytes.
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        Optional<String> result = renamedRoot(text, "CommunicationParty", operation)
                .or(() -> renamedRoot(text, "CertificateDetails", operation));
        return result.map(element -> new String(
                                SandboxRegisterMessages.envelope(soap, operation, "\0"), StandardCharsets.ISO_8859_1)
                        .replace("\0", element)
                        .getBytes(StandardCharsets.ISO_8859_1))
                .orElseGet(bytes::clone);
    }

    /** The document without byte-order mark and XML declaration, its root named as the operation's result. */
    private static Optional<String> renamedRoot(String text, String root, String operation) {
        int start = text.indexOf('<' + root);
        int end = text.lastIndexOf("</" + root + '>');
        if (start < 0 || end < start || text.lastIndexOf("Envelope", start) >= 0) {
            return Optional.empty();
        }
        String result = "p:" + operation + "Result";
        return Optional.of('<' + result + text.substring(start + 1 + root.length(), end) + "</" + result + '>');
    }
}
