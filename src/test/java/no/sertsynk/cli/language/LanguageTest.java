package no.sertsynk.cli.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import no.sertsynk.cli.language.PoFile.Entry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageTest {
    private static final Catalogue CATALOGUE = Catalogue.of(List.of(
            new Entry("expected {0}, found {1}", "ventet {0}, fant {1}", false),
            new Entry("the file {0} of {1} bytes", "filen {0} på {1} byte", false),
            new Entry("found {0} in {1}", "i {1} fant {0}", false),
            new Entry("{0} of {1}", "{0} fra {1}", false),
            new Entry("a list", "en liste", false),
            new Entry("name", "navn", false),
            new Entry("none", "ingen", true),
            new Entry(" or ", " eller ", false)));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "expected a list, found none | ventet en liste, fant ingen",
                "conf.yaml:3:1: name: expected a list, found name | conf.yaml:3:1: name: ventet en liste, fant name",
                "found a list in x | i x fant en liste",
                "expected the file a of 3 bytes, found it | ventet filen a på 3 byte, fant it",
                "expected a list or none, found [none, x] | ventet en liste eller ingen, fant [ingen, x]",
                "name | navn",
                "a list; a list; x | en liste; en liste; x",
                "somebody else's words: for all | somebody else's words: for all",
            })
    void message_isReadBackByItsPatterns(String message, String other) {
        assertThat(CATALOGUE.words(message)).isEqualTo(other);
    }

    @Test
    void placeThatStandsTwice_hasOneValue() {
        Places twice = Places.of("let {1} in with chmod {0} and chmod {0}");

        assertThat(twice.match("let x in with chmod a and chmod a"))
                .hasValueSatisfying(values -> assertThat(values).containsExactly("a", "x"));
        assertThat(twice.match("let x in with chmod a and chmod b")).isEmpty();
    }

    @Test
    void messageThatIsNobodys_staysAndTakesNoTime() {
        String hostile = "expected ".repeat(200) + ", found : ; of ".repeat(200);

        assertThatCode(() -> CATALOGUE.words(hostile)).doesNotThrowAnyException();
        assertThat(CATALOGUE.words("x".repeat(10_000) + ": none")).endsWith(": none");
        assertThat(CATALOGUE.words("")).isEmpty();
    }

    @Test
    void places_areFilledByTheirNumbersAndAllElseStandsForItself() {
        assertThat(Places.fill("{1} isn't {0}", "a", "b")).isEqualTo("b isn't a");
        assertThat(Places.fill("{{0}} {x} {10} {", "a")).isEqualTo("{a} {x} {10} {");
        assertThat(Places.fill("{0}", "{1}", "no")).isEqualTo("{1}");
        assertThat(Places.fill("100 % {a}")).isEqualTo("100 % {a}");
    }

    @ParameterizedTest
    @CsvSource({
        "nb_NO.UTF-8, NORWEGIAN",
        "nn_NO, NORWEGIAN",
        "no, NORWEGIAN",
        "no_NO.utf8, NORWEGIAN",
        "NB, NORWEGIAN",
        "en_GB.UTF-8, ENGLISH",
        "C.UTF-8, ENGLISH",
        "sv_SE, ENGLISH",
        "nonsense, ENGLISH",
        "'', ENGLISH"
    })
    void locale_choosesTheLanguage(String locale, Language language) {
        assertThat(Language.ofLocale(locale)).isEqualTo(language);
    }

    @Test
    void englishIsWhatTheProgramIsWrittenIn() {
        assertThat(Language.ENGLISH.say("expected {0}", 1)).isEqualTo("expected 1");
        assertThat(Language.ENGLISH.words("anything")).isEqualTo("anything");
        assertThat(Language.parse("nb")).contains(Language.NORWEGIAN);
        assertThat(Language.parse("sv")).isEmpty();
    }
}
