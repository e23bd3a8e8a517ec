package no.sertsynk.service.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;

/** Says in one line why a handshake failed. */
final class AttemptFailure {
    private static final Pattern ALERT = Pattern.compile("Received fatal alert: ([a-z_]+)");
    private static final int FIRST_HANDSHAKE_BYTE = 22;
    private static final int FIRST_ALERT_BYTE = 21;

    private AttemptFailure() {}

    static Reason of(IOException failure, byte[] first) {
        String message = String.valueOf(failure.getMessage());
        Matcher alert = ALERT.matcher(message);
        if (alert.find()) {
            return Reason.of(
                    ReasonCode.CONNECTION_FAILED,
                    "expected a TLS handshake, found that the server refuses it: alert " + alert.group(1)
                            + remedy(alert.group(1)));
        }
        if (first.length > 0 && first[0] != FIRST_HANDSHAKE_BYTE && first[0] != FIRST_ALERT_BYTE) {
            return Reason.of(
                    ReasonCode.CONNECTION_FAILED,
                    "expected TLS, found a server that speaks something else: '" + firstLine(first)
                            + "'; is the port right?");
        }
        if (message.contains("maximum allowed") || message.contains("exceeds the maximum")) {
            return Reason.of(
                    ReasonCode.LIMIT_EXCEEDED, "expected a certificate chain of a usual size, found: " + message);
        }
        if (isAboutCertificates(failure)) {
            return Reason.of(
                    ReasonCode.MALFORMED_CERTIFICATE, "expected a readable certificate chain, found: " + message);
        }
        return Reason.of(ReasonCode.CONNECTION_FAILED, "expected a TLS handshake, found: " + message);
    }

    private static boolean isAboutCertificates(IOException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                return true;
            }
        }
        String message = String.valueOf(failure.getMessage()).toLowerCase(java.util.Locale.ROOT);
        return message.contains("certificate chain") || message.contains("empty server certificate");
    }

    private static String remedy(String alert) {
        return switch (alert) {
            case "unrecognized_name" -> "; it does not know the server name that was sent, or wants one";
            case "certificate_required", "bad_certificate", "unknown_ca", "certificate_unknown", "access_denied" ->
                "; it wants a client certificate that it knows (--client-keystore)";
            case "protocol_version" -> "; it has no TLS version in common with this host";
            case "handshake_failure" ->
                "; it has no cipher in common with this host, or wants a server name or a client certificate";
            default -> "";
        };
    }

    private static String firstLine(byte[] first) {
        String text = new String(first, StandardCharsets.ISO_8859_1);
        int end = 0;
        while (end < text.length() && text.charAt(end) >= ' ' && end < 60) {
            end++;
        }
        return end == 0 ? first.length + " unreadable bytes" : text.substring(0, end);
    }
}
