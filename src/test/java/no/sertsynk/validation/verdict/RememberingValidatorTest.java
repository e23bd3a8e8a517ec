package no.sertsynk.validation.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import no.sertsynk.model.Assessment;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.model.Verdict;
import no.sertsynk.validation.ValidationSettings.RevocationMode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each thing that a verdict depends on is changed by itself: what depends on it is validated anew, the rest is not. */
class RememberingValidatorTest {
    /** The certificates that are accepted in the beginning: two of the first authority, one of the second. */
    private static final int ACCEPTED = 3;

    private static final int OTHERS = 2;

    @SuppressWarnings("NullAway.Init") // made anew for each test
    private VerdictWorld world;

    @BeforeEach
    void firstRun(@TempDir Path folder) throws Exception {
        world = new VerdictWorld(folder, new MemoryStore());
        world.run();
        assertThat(world.validations()).isEqualTo(ACCEPTED + OTHERS);
    }

    private Assessment assess(PartnerCertificate certificate) throws Exception {
        return world.run().get(world.certificates().indexOf(certificate));
    }

    private void assertSame() throws Exception {
        assertThat(world.run().stream().map(Assessment::verdict).toList())
                .isEqualTo(world.plain().stream().map(Assessment::verdict).toList());
    }

    @Test
    void nothingChanged_nothingAcceptedIsValidatedAgain() throws Exception {
        List<Assessment> served = world.run();

        assertThat(world.validations()).isEqualTo(OTHERS);
        List<Assessment> plain = world.plain();
        for (int i = 0; i < served.size(); i++) {
            assertThat(served.get(i).verdict()).isEqualTo(plain.get(i).verdict());
            assertThat(served.get(i).purposes()).isEqualTo(plain.get(i).purposes());
            assertThat(served.get(i).subject()).isEqualTo(plain.get(i).subject());
            assertThat(served.get(i).warnings()).isEqualTo(plain.get(i).warnings());
            assertThat(served.get(i).evidence()).isEqualTo(plain.get(i).evidence());
            assertThat(served.get(i).path().stream().map(step -> step.certificate()))
                    .isEqualTo(plain.get(i).path().stream()
                            .map(step -> step.certificate())
                            .toList());
        }
    }

    @Test
    void revokedOne_isNotServed() throws Exception {
        VerdictWorld.FIRST.revoke(VerdictWorld.LONG1, false);
        world.publish(VerdictWorld.FIRST);

        assertThat(assess(VerdictWorld.LONG1).has(ReasonCode.REVOKED)).isTrue();
        assertThat(world.validations()).as("the second authority's is served").isEqualTo(ACCEPTED + OTHERS - 1);
    }

    @Test
    void oneOnHold_isNotServedAndComesBack() throws Exception {
        VerdictWorld.FIRST.revoke(VerdictWorld.LONG1, true);
        world.publish(VerdictWorld.FIRST);
        assertThat(assess(VerdictWorld.LONG1).has(ReasonCode.REVOKED)).isTrue();

        VerdictWorld.FIRST.release(VerdictWorld.LONG1);
        world.publish(VerdictWorld.FIRST);

        assertThat(assess(VerdictWorld.LONG1).verdict()).isEqualTo(Verdict.ACCEPTED);
    }

    @Test
    void newListThatRevokesNothing_isLookedAtAllTheSame() throws Exception {
        world.at = world.at.plus(Duration.ofHours(1));
        world.publish(VerdictWorld.FIRST);

        world.run();
        assertThat(world.validations()).isEqualTo(2 + OTHERS);
        world.run();
        assertThat(world.validations()).isEqualTo(OTHERS);
    }

    @Test
    void listThatIsGone_leavesTheQuestionOpen() throws Exception {
        world.withdraw(VerdictWorld.FIRST);

        assertThat(assess(VerdictWorld.LONG1).has(ReasonCode.REVOCATION_UNKNOWN))
                .isTrue();
    }

    @Test
    void listThatHasEnded_countsAsItWouldWithoutMemory() throws Exception {
        world.at = world.at.plus(Duration.ofHours(23));
        world.publish(VerdictWorld.SECOND);
        world.run();
        world.at = world.at.plus(Duration.ofHours(23));
        assertSame();
        world.at = world.at.plus(Duration.ofHours(23));
        assertSame();
    }

    @Test
    void distrustedAnchor_distrustsWhatHangsOnItAlone() throws Exception {
        world.anchors.remove(VerdictWorld.FIRST.root());

        assertThat(assess(VerdictWorld.LONG1).has(ReasonCode.UNTRUSTED)).isTrue();
        assertThat(world.validations()).isEqualTo(ACCEPTED + OTHERS - 1);
    }

    @Test
    void withdrawnIntermediate_isNotedToo() throws Exception {
        world.intermediates.remove(VerdictWorld.SECOND.issuer());

        assertThat(assess(VerdictWorld.LONG2).has(ReasonCode.UNTRUSTED)).isTrue();
        assertThat(world.validations()).isEqualTo(1 + OTHERS);
    }

    @Test
    void anchorElsewhere_changesNothing() throws Exception {
        world.anchors.remove(VerdictWorld.SECOND.root());
        world.run();

        assertThat(world.validations()).as("the first authority's are served").isEqualTo(1 + OTHERS);
    }

    @Test
    void anchorOfTheSameName_isTakenIntoAccount() throws Exception {
        world.anchors.add(VerdictWorld.NAMESAKE.root());
        world.intermediates.add(VerdictWorld.NAMESAKE.issuer());

        assertSame();
        assertThat(world.validations()).as("the second authority's is served").isEqualTo(ACCEPTED + OTHERS - 1);
    }

    @Test
    void expiredOne_isNotServed() throws Exception {
        world.at = VerdictWorld.SHORT1.notAfter().minusSeconds(1);
        world.publish(VerdictWorld.FIRST);
        assertThat(assess(VerdictWorld.SHORT1).verdict()).isEqualTo(Verdict.ACCEPTED);

        world.at = VerdictWorld.SHORT1.notAfter().plusSeconds(1);

        assertThat(assess(VerdictWorld.SHORT1).has(ReasonCode.EXPIRED)).isTrue();
        assertThat(assess(VerdictWorld.LONG1).verdict()).isEqualTo(Verdict.ACCEPTED);
    }

    @Test
    void clockThatWentBack_isNotServedFromTheFuture() throws Exception {
        world.at = VerdictWorld.COMING1.notBefore().plusSeconds(1);
        world.publish(VerdictWorld.FIRST);
        assertThat(assess(VerdictWorld.COMING1).verdict()).isEqualTo(Verdict.ACCEPTED);

        world.at = VerdictWorld.COMING1.notBefore().minusSeconds(1);
        world.publish(VerdictWorld.FIRST);

        assertThat(assess(VerdictWorld.COMING1).has(ReasonCode.NOT_YET_VALID)).isTrue();
    }

    @Test
    void oneWhoseIssuerHasEnded_isNotServed() throws Exception {
        world.mode = RevocationMode.OFF;
        Instant end = VerdictWorld.FIRST.issuer().getNotAfter().toInstant();
        world.at = end.minusSeconds(1);
        RememberingValidator before = world.validator();
        assertThat(before.assess(VerdictWorld.LATE1).verdict()).isEqualTo(Verdict.ACCEPTED);
        before.keep();

        world.at = end.plusSeconds(1);

        assertThat(world.validator().assess(VerdictWorld.LATE1).has(ReasonCode.EXPIRED))
                .isTrue();
    }

    @Test
    void clockThatWentBack_isNoReasonToServe() throws Exception {
        world.mode = RevocationMode.OFF;
        world.run();
        world.at = world.at.minusMillis(1);

        world.run();
        assertThat(world.validations()).isEqualTo(ACCEPTED + OTHERS);
    }

    @Test
    void changedRule_isAppliedToAll() throws Exception {
        world.minimumRsaBits = 3072;

        assertThat(assess(VerdictWorld.LONG1).has(ReasonCode.WEAK_KEY)).isTrue();
        assertThat(world.validations()).isEqualTo(ACCEPTED + OTHERS);
    }

    @Test
    void revocationSwitchedOn_isAskedFor() throws Exception {
        world.mode = RevocationMode.OFF;
        world.run();
        VerdictWorld.FIRST.revoke(VerdictWorld.LONG1, false);
        world.publish(VerdictWorld.FIRST);
        assertThat(assess(VerdictWorld.LONG1).verdict()).isEqualTo(Verdict.ACCEPTED);

        world.mode = RevocationMode.REQUIRE;

        assertThat(assess(VerdictWorld.LONG1).has(ReasonCode.REVOKED)).isTrue();
    }

    @Test
    void acceptedThoughUnknown_isNotKept() throws Exception {
        world.mode = RevocationMode.PREFER;
        world.withdraw(VerdictWorld.FIRST);
        assertThat(assess(VerdictWorld.LONG1).verdict()).isEqualTo(Verdict.ACCEPTED);

        assertThat(assess(VerdictWorld.LONG1).warnings()).isNotEmpty();
        assertThat(world.validations()).isEqualTo(2 + OTHERS);
    }

    @Test
    void unchangedForADay_isValidatedAllTheSame() throws Exception {
        world.mode = RevocationMode.OFF;
        world.run();
        world.at = world.at.plus(RememberingValidator.SERVED_FOR).minusMillis(1);
        world.run();
        assertThat(world.validations()).isLessThan(ACCEPTED + OTHERS);

        world.at = world.at.plusMillis(1);

        world.run();
        assertThat(world.validations())
                .as("all but the one that was accepted a moment ago")
                .isEqualTo(ACCEPTED + OTHERS - 1);
    }

    @Test
    void runThatKeepsNothing_leavesNothingBehind() throws Exception {
        world.minimumRsaBits = 1024;
        RememberingValidator validator = world.validator();
        world.certificates().forEach(validator::assess);

        world.run();

        assertThat(world.validations()).isEqualTo(ACCEPTED + OTHERS);
    }
}
