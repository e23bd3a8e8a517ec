package no.sertsynk.app.doctor;

import static no.sertsynk.app.doctor.Findings.expectError;
import static no.sertsynk.app.doctor.Findings.expectOk;
import static no.sertsynk.app.doctor.Findings.expectWarning;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.config.Configuration.HookSection;
import no.sertsynk.config.Configuration.KeystoreSection;
import no.sertsynk.model.AliasTemplate;
import no.sertsynk.model.Purpose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HooksCheckTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Account NOBODY = new Account("nobody", 65_534, Set.of(65_534));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private List<Finding> look(Account service, HookSection... hooks) throws Exception {
        KeystoreSection keystore = new KeystoreSection(
                "dit",
                folder.resolve("dit.p12"),
                "PEM",
                "modern",
                Optional.empty(),
                Set.of(Purpose.ENCRYPTION),
                Optional.empty(),
                AliasTemplate.of(AliasTemplate.DEFAULT_CURRENT, Optional.empty()),
                0,
                List.of(hooks));
        return new HooksCheck(List.of(keystore), new HostCommand(folder + ":/usr/bin:/bin"), service).look();
    }

    private List<Finding> look(String command) throws Exception {
        return look(new Account("root", 0, Set.of(0)), new HookSection.Command(List.of(command, "x"), LIMIT));
    }

    private Path script(String text, String mode) throws Exception {
        Path script = folder.resolve("tell");
        Files.writeString(script, text);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString(mode));
        return script;
    }

    @Test
    void commandOfThePathOrWithItsPlace_isOk_andIsNotRun() throws Exception {
        Path script = script("#!/bin/sh\ntouch '" + folder.resolve("ran") + "'\n", "rwxr-xr-x");

        expectOk(look("tell"), "1 commands");
        expectOk(look(script.toString()), "1 commands");
        assertThat(folder.resolve("ran")).doesNotExist();
    }

    @Test
    void missingCommand_isAnError() throws Exception {
        expectError(look("no-such-command"), "no-such-command of onChange is not there", "PATH");
        expectError(look(folder.resolve("none").toString()), "is not there", "correct onChange");
        expectError(look(folder.toString()), "is not there", "correct onChange");
    }

    @Test
    void commandThatMayNotBeRun_isAnError() throws Exception {
        Path script = script("#!/bin/sh\n", "rw-r--r--");

        expectError(look(script.toString()), "may not be run", "chmod a+x " + script);
    }

    @Test
    void commandThatTheServiceMayNotRun_isAnError() throws Exception {
        Path script = script("#!/bin/sh\n", "rwx------");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));

        expectError(
                look(NOBODY, new HookSection.Command(List.of(script.toString()), LIMIT)),
                "may not be run by nobody",
                "chmod a+x");
    }

    @Test
    void scriptWithoutItsInterpreter_isAnError() throws Exception {
        Path script = script("#!/opt/none/bin/python3 -u\n", "rwxr-xr-x");

        expectError(look(script.toString()), "asks for /opt/none/bin/python3", "install it");
    }

    @Test
    void commandThatDependsOnTheFolder_isAWarning() throws Exception {
        expectWarning(look("bin/tell"), "depends on the folder", "whole path");
    }

    @Test
    void webhooks_areNotCalled() throws Exception {
        assertThat(look(NOBODY, new HookSection.Webhook(URI.create("https://127.0.0.1:1/"), Optional.empty(), LIMIT)))
                .isEmpty();
    }
}
