package no.sertsynk.service.tls;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.model.ReasonCode;

/** Reads the body of a client hello message. The offers are the client's own words; nothing of them is acted on. */
final class ClientHelloParser {
    private static final int RANDOM = 32;
    private static final int MOST_SESSION_ID = 32;
    private static final int MOST_NAME = 255;
    private static final int SERVER_NAME = 0;
    private static final int ALPN = 16;
    private static final int SUPPORTED_VERSIONS = 43;

    private Optional<String> serverName = Optional.empty();
    private List<String> versions = List.of();
    private final List<String> protocols = new ArrayList<>();

    private ClientHelloParser() {}

    /** @throws TlsException if it is none */
    static ClientHello parse(byte[] body) throws TlsException {
        try {
            return new ClientHelloParser().read(ByteBuffer.wrap(body));
        } catch (BufferUnderflowException e) {
            throw malformed("a length that does not fit");
        }
    }

    /** Of the kind that clients older than TLS sent: no extensions, so no name (RFC 5246, appendix E.2). */
    static ClientHello parseOld(byte[] body) throws TlsException {
        try {
            ByteBuffer in = ByteBuffer.wrap(body);
            in.get();
            int version = in.getShort() & 0xFFFF;
            int length = in.getShort() & 0xFFFF;
            in.getShort();
            in.getShort();
            ByteBuffer suites = part(in, length);
            List<String> ciphers = new ArrayList<>();
            while (suites.remaining() >= 3) {
                int kind = suites.get();
                int suite = suites.getShort() & 0xFFFF;
                if (kind == 0) {
                    ciphers.add(CipherNames.of(suite));
                }
            }
            return new ClientHello(Optional.empty(), List.of(version(version)), ciphers, List.of());
        } catch (BufferUnderflowException e) {
            throw malformed("a length that does not fit");
        }
    }

    private ClientHello read(ByteBuffer in) throws TlsException {
        int version = in.getShort() & 0xFFFF;
        part(in, RANDOM);
        int session = in.get() & 0xFF;
        if (session > MOST_SESSION_ID) {
            throw malformed("a session id of " + session + " bytes");
        }
        part(in, session);
        ByteBuffer suites = part(in, in.getShort() & 0xFFFF);
        List<String> ciphers = new ArrayList<>();
        while (suites.hasRemaining()) {
            int suite = suites.getShort() & 0xFFFF;
            if (!isGrease(suite)) {
                ciphers.add(CipherNames.of(suite));
            }
        }
        part(in, in.get() & 0xFF);
        if (in.hasRemaining()) {
            extensions(part(in, in.getShort() & 0xFFFF));
        }
        return new ClientHello(
                serverName, versions.isEmpty() ? List.of(version(version)) : versions, ciphers, protocols);
    }

    private void extensions(ByteBuffer in) throws TlsException {
        Set<Integer> seen = new HashSet<>();
        while (in.hasRemaining()) {
            int type = in.getShort() & 0xFFFF;
            ByteBuffer content = part(in, in.getShort() & 0xFFFF);
            if (!seen.add(type)) {
                throw malformed("extension " + type + " twice");
            }
            switch (type) {
                case SERVER_NAME -> serverName(content);
                case ALPN -> protocols(content);
                case SUPPORTED_VERSIONS -> versions(content);
                default -> {
                    // Tells nothing that is asked here.
                }
            }
        }
    }

    private void serverName(ByteBuffer in) throws TlsException {
        ByteBuffer names = part(in, in.getShort() & 0xFFFF);
        while (names.hasRemaining() && serverName.isEmpty()) {
            int type = names.get();
            ByteBuffer name = part(names, names.getShort() & 0xFFFF);
            if (type == 0) {
                if (name.remaining() == 0 || name.remaining() > MOST_NAME) {
                    throw malformed("a server name of " + name.remaining() + " bytes");
                }
                serverName = Optional.of(text(name));
            }
        }
    }

    private void protocols(ByteBuffer in) {
        ByteBuffer names = part(in, in.getShort() & 0xFFFF);
        while (names.hasRemaining()) {
            String name = text(part(names, names.get() & 0xFF));
            if (name.isEmpty() || !isGrease(name)) {
                protocols.add(name);
            }
        }
    }

    private void versions(ByteBuffer in) {
        ByteBuffer listed = part(in, in.get() & 0xFF);
        List<String> found = new ArrayList<>();
        while (listed.hasRemaining()) {
            int version = listed.getShort() & 0xFFFF;
            if (!isGrease(version)) {
                found.add(version(version));
            }
        }
        versions = found;
    }

    private static ByteBuffer part(ByteBuffer in, int length) {
        if (length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        ByteBuffer part = in.slice(in.position(), length);
        in.position(in.position() + length);
        return part;
    }

    private static String text(ByteBuffer bytes) {
        byte[] content = new byte[bytes.remaining()];
        bytes.get(content);
        return new String(content, StandardCharsets.ISO_8859_1);
    }

    private static String version(int version) {
        return switch (version) {
            case 0x0304 -> "TLSv1.3";
            case 0x0303 -> "TLSv1.2";
            case 0x0302 -> "TLSv1.1";
            case 0x0301 -> "TLSv1";
            case 0x0300 -> "SSLv3";
            case 0x0002 -> "SSLv2";
            default -> String.format("0x%04x", version);
        };
    }

    /** Values that mean nothing and are sent so that nobody gets used to not meeting unknown ones (RFC 8701). */
    private static boolean isGrease(int value) {
        return (value & 0x0F0F) == 0x0A0A && (value >> 8) == (value & 0xFF);
    }

    private static boolean isGrease(String protocol) {
        return protocol.length() == 2 && isGrease(protocol.charAt(0) << 8 | protocol.charAt(1));
    }

    private static TlsException malformed(String found) {
        return new TlsException(ReasonCode.CONNECTION_FAILED, "expected a TLS client hello, found one with " + found);
    }
}
