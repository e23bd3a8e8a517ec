package no.sertsynk.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** What tests say of findings. */
final class Findings {
    private Findings() {}

    static void expectOk(List<Finding> found, String told) {
        assertThat(found).singleElement().isInstanceOf(Finding.Ok.class);
        assertThat(found.getFirst().message()).contains(told);
    }

    static void expectWarning(List<Finding> found, String told, String remedy) {
        assertThat(found)
                .anySatisfy(each -> assertThat(each).isInstanceOfSatisfying(Finding.Warning.class, warning -> {
                    assertThat(warning.message()).contains(told);
                    assertThat(warning.remedy()).contains(remedy);
                }));
    }

    static void expectError(List<Finding> found, String told, String remedy) {
        assertThat(found)
                .anySatisfy(each -> assertThat(each).isInstanceOfSatisfying(Finding.Error.class, error -> {
                    assertThat(error.message()).contains(told);
                    assertThat(error.remedy()).contains(remedy);
                }));
    }
}
