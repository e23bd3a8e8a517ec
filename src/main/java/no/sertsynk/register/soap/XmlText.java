package no.sertsynk.register.soap;

import java.io.CharArrayReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Decodes a document in one of the two encodings that SOAP services use: UTF-16 if it begins with that byte-order mark,
 * else UTF-8, with or without one. Left to itself, the JDK's parser would write of broken encoding to standard error.
 */
final class XmlText {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private XmlText() {}

    static Reader decode(byte[] document) throws CharacterCodingException {
        CharBuffer text = encoding(document).newDecoder().decode(ByteBuffer.wrap(document));
        if (text.hasRemaining() && text.get(0) == BYTE_ORDER_MARK) {
            text.get();
        }
        return new CharArrayReader(text.array(), text.arrayOffset() + text.position(), text.remaining());
    }

    private static Charset encoding(byte[] document) {
        if (document.length < 2) {
            return StandardCharsets.UTF_8;
        }
        int mark = ((document[0] & 0xff) << 8) | (document[1] & 0xff);
        return mark == 0xfeff || mark == 0xfffe ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
    }
}
