package no.sertsynk.app.doctor;

import static no.sertsynk.app.doctor.Findings.expectError;
import static no.sertsynk.app.doctor.Findings.expectOk;
import static no.sertsynk.app.doctor.Findings.expectWarning;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import no.sertsynk.app.doctor.DaemonCheck.Service;
import no.sertsynk.app.doctor.RoomCheck.Room;
import no.sertsynk.validation.fetch.Fetcher.Answer;
import no.sertsynk.validation.revocation.RevocationAddresses;
import org.junit.jupiter.api.Test;

/** What is decided, apart from where it is read. */
class DecisionsTest {
    private static final Path STATE = Path.of("/var/lib/sertsynk");
    private static final long GIGABYTE = 1024L * 1024 * 1024;

    @Test
    void clock_isOkWithinAMinute_doubtfulWithinTen() {
        expectOk(List.of(ClockCheck.finding(Optional.of(Duration.ofSeconds(-60)))), "within 60 seconds");
        expectWarning(List.of(ClockCheck.finding(Optional.of(Duration.ofSeconds(61)))), "61 seconds behind", "clock");
        expectWarning(List.of(ClockCheck.finding(Optional.of(Duration.ofMinutes(-10)))), "600 seconds ahead", "clock");
        expectError(List.of(ClockCheck.finding(Optional.of(Duration.ofSeconds(601)))), "601 seconds behind", "chrony");
        expectWarning(List.of(ClockCheck.finding(Optional.empty())), "could not be compared", "timedatectl");
    }

    @Test
    void room_isCounted_andNetworkFileSystemsAreDoubted() {
        expectOk(RoomCheck.findings(STATE, new Room(GIGABYTE, false, "ext4"), true), "1024 MB are free");
        expectWarning(RoomCheck.findings(STATE, new Room(GIGABYTE / 20, false, "ext4"), true), "51 MB", "make room");
        expectError(RoomCheck.findings(STATE, new Room(4096, false, "ext4"), true), "is full: 0 MB", "make room");
        expectError(
                RoomCheck.findings(STATE, new Room(GIGABYTE, true, "ext4"), true), "only be read", "ReadWritePaths");
        expectWarning(RoomCheck.findings(STATE, new Room(GIGABYTE, false, "nfs4"), true), "nfs4", "disk of this host");
        expectOk(RoomCheck.findings(STATE, new Room(GIGABYTE, false, "nfs4"), false), "free");
    }

    @Test
    void daemon_isReadyOrNotOrClosedOrSilent() {
        expectOk(new DaemonCheck(() -> new Service.Answering(200, "{}")).look(), "is ready");
        expectError(
                new DaemonCheck(() -> new Service.Answering(503, "{\"why\":1}")).look(), "{\"why\":1}", "journalctl");
        expectWarning(new DaemonCheck(Service.Absent::new).look(), "no background service", "enable --now");
        expectWarning(new DaemonCheck(() -> new Service.Closed("join the group x")).look(), "join the group x", "sudo");
        expectError(
                new DaemonCheck(() -> {
                            throw new IOException("Connection refused");
                        })
                        .look(),
                "Connection refused",
                "restart");
    }

    @Test
    void responder_mayRefuseAnEmptyQuestion_butMustAnswer() throws Exception {
        expectOk(responder(new Answer.Failure("HTTP 400")), "0 revocation lists and 1 OCSP services answer");
        expectError(responder(new Answer.Failure("HTTP 503")), "http://ocsp.example.test/", "firewall");
        expectError(responder(new Answer.Failure("ConnectException")), "ConnectException", "firewall");
    }

    private static List<Finding> responder(Answer answer) throws Exception {
        RevocationAddresses one = new RevocationAddresses(List.of(), List.of(URI.create("http://ocsp.example.test/")));
        return new RevocationCheck("require", () -> one, request -> answer).look();
    }
}
