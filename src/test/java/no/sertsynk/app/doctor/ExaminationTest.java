package no.sertsynk.app.doctor;

import static no.sertsynk.app.doctor.Findings.expectError;
import static no.sertsynk.app.doctor.Findings.expectWarning;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import no.sertsynk.app.doctor.Diagnosis.Line;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ExaminationTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private interface Looking {
        List<Finding> look() throws IOException, InterruptedException;
    }

    private static Check check(String topic, Looking looking) {
        return new Check() {
            @Override
            public String topic() {
                return topic;
            }

            @Override
            public List<Finding> look() throws IOException, InterruptedException {
                return looking.look();
            }
        };
    }

    private static List<Finding> made(Looking looking, Duration limit) throws Exception {
        return Examination.make(List.of(check("it", looking)), limit).lines().stream()
                .map(Line::finding)
                .toList();
    }

    @Test
    void checksThatWaitForEachOther_areMadeSideBySide_andToldInOrder() throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        Looking looking = () -> {
            both.countDown();
            return List.of(new Finding.Ok(Boolean.toString(both.await(20, TimeUnit.SECONDS))));
        };

        Diagnosis diagnosis = Examination.make(List.of(check("one", looking), check("two", looking)), LONG);

        assertThat(diagnosis.lines())
                .containsExactly(new Line("one", new Finding.Ok("true")), new Line("two", new Finding.Ok("true")));
        assertThat(diagnosis.oks()).isEqualTo(2);
    }

    @Test
    void checkThatHangs_isAnErrorInTime_andIsInterrupted() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        Looking hanging = () -> {
            try {
                new CountDownLatch(1).await();
            } finally {
                interrupted.countDown();
            }
            return List.of();
        };

        expectError(made(hanging, Duration.ofMillis(200)), "within 0 s", "hangs");
        assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void checkThatMayNotLook_isAWarning_andOneThatFailsAnError() throws Exception {
        expectWarning(
                made(
                        () -> {
                            throw new java.nio.file.AccessDeniedException("/etc/secret");
                        },
                        LONG),
                "/etc/secret",
                "sudo");
        expectError(
                made(
                        () -> {
                            throw new IllegalStateException("oops");
                        },
                        LONG),
                "oops",
                "report");
    }
}
