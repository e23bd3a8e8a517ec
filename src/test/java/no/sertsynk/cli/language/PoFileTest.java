package no.sertsynk.cli.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import no.sertsynk.cli.language.PoFile.Entry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoFileTest {
    @Test
    void entries_areReadInOrderWithEscapesAndLinesPutTogether() {
        assertThat(PoFile.read("""
            # a comment
            msgid "one \\"two\\" \\\\ three\\n"
            "and more"
            msgstr "en"

            #, part
            msgid "none"
            msgstr ""
            "ing"
            "en"
            msgid "last"
            msgstr "sist"
            """))
                .containsExactly(
                        new Entry("one \"two\" \\ three\nand more", "en", false),
                        new Entry("none", "ingen", true),
                        new Entry("last", "sist", false));
    }

    @Test
    void nothing_hasNoEntries() {
        assertThat(PoFile.read("")).isEmpty();
        assertThat(PoFile.read("# alone\n\n")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "msgid \"a\"",
                "msgid \"a\"\nmsgid \"b\"\nmsgstr \"c\"",
                "msgstr \"a\"",
                "msgid \"a\"\nmsgstr \"b\"\nmsgstr \"c\"",
                "msgid a\nmsgstr \"b\"",
                "msgid \"a\nmsgstr \"b\"",
                "msgid \"a\"b\"\nmsgstr \"b\"",
                "msgid \"a\\t\"\nmsgstr \"b\"",
                "msgid \"a\\\"\nmsgstr \"b\"",
                "msgctxt \"a\"",
                "\"a\""
            })
    void otherForm_isRefused(String content) {
        assertThatIllegalArgumentException().isThrownBy(() -> PoFile.read(content));
    }

    @Test
    void mistake_isToldWithItsLine() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PoFile.read("msgid \"a\"\nmsgstr \"b\"\n\nmsgid c\n"))
                .withMessageStartingWith("line 4: expected a text in double quotes, found c");
    }
}
