package no.sertsynk.app.doctor;

import static no.sertsynk.app.doctor.Findings.expectError;
import static no.sertsynk.app.doctor.Findings.expectOk;
import static no.sertsynk.app.doctor.Findings.expectWarning;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnitCheckTest {
    private static final String MISSING = "LoadState=not-found\nUnitFileState=\nActiveState=inactive\nResult=success\n";
    private static final String RUNNING =
            "LoadState=loaded\nUnitFileState=enabled\nActiveState=active\nResult=success\n";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private List<Finding> look(String service, String timer) throws Exception {
        script("case \"$*\" in *timer) cat <<'END'\n" + timer + "END\n;; *) cat <<'END'\n" + service + "END\n;; esac");
        return look();
    }

    private List<Finding> look() throws Exception {
        return new UnitCheck(new HostCommand(folder + ":/usr/bin:/bin")).look();
    }

    private void script(String text) throws Exception {
        Path program = folder.resolve("systemctl");
        Files.writeString(program, "#!/bin/sh\n" + text + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void runningService_isOk() throws Exception {
        expectOk(look(RUNNING, MISSING), "sertsynk.service is enabled and running");
    }

    @Test
    void timerInPlaceOfTheService_isOk() throws Exception {
        expectOk(look(MISSING, RUNNING), "sertsynk-sync.timer is enabled and running");
        expectOk(look(RUNNING.replace("active", "inactive"), RUNNING), "sertsynk-sync.timer");
    }

    @Test
    void missingService_isAnError() throws Exception {
        expectError(look(MISSING, MISSING), "not installed", "systemctl enable --now");
    }

    @Test
    void maskedService_isAnError() throws Exception {
        expectError(look(MISSING.replace("not-found", "masked"), MISSING), "masked", "systemctl unmask");
    }

    @Test
    void stoppedOrFailedService_isAnError() throws Exception {
        expectError(look(RUNNING.replace("=active", "=inactive"), MISSING), "not running", "enable --now");
        expectError(
                look(RUNNING.replace("=active", "=failed").replace("success", "exit-code"), MISSING),
                "has failed (exit-code)",
                "journalctl -u sertsynk.service");
    }

    @Test
    void serviceThatIsNotEnabled_isAWarning() throws Exception {
        expectWarning(look(RUNNING.replace("enabled", "disabled"), MISSING), "not enabled", "systemctl enable");
        expectWarning(look(MISSING, RUNNING.replace("enabled", "disabled")), "not enabled", "sertsynk-sync.timer");
    }

    @Test
    void hostWithoutSystemd_isAWarning() throws Exception {
        expectWarning(
                new UnitCheck(new HostCommand(folder.toString())).look(),
                "no systemctl",
                "run sertsynk sync by another");
        script("echo System has not been booted with systemd as init system; exit 1");
        expectWarning(look(), "System has not been booted with systemd", "cron");
    }
}
