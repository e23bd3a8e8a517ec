package no.sertsynk.app.doctor;

import java.io.IOException;
import java.util.List;

/** Whether the background service answers. */
public final class DaemonCheck implements Check {
    private static final int OK = 200;

    private final Asking asking;

    public DaemonCheck(Asking asking) {
        this.asking = asking;
    }

    /** Asks the service whether it is ready. */
    public interface Asking {
        /** @throws IOException if there should be one, and it does not answer */
        Service ask() throws IOException;
    }

    /** What came of it. */
    public sealed interface Service {
        /** It answered with that status. */
        record Answering(int status, String body) implements Service {}

        /** None is running on this state folder. */
        record Absent() implements Service {}

        /** This user may not ask it. */
        record Closed(String why) implements Service {}
    }

    @Override
    public String topic() {
        return "daemon";
    }

    @Override
    public List<Finding> look() {
        return List.of(finding());
    }

    private Finding finding() {
        try {
            return switch (asking.ask()) {
                case Service.Answering(int status, String body)
                when status == OK -> new Finding.Ok("the background service answers and is ready");
                case Service.Answering(int status, String body) ->
                    new Finding.Error(
                            Sentence.of("the background service answers that it is not ready: {0}", body.strip()),
                            "see why with journalctl -u sertsynk.service");
                case Service.Absent absent ->
                    new Finding.Warning(
                            "no background service is running on this state folder",
                            "systemctl enable --now sertsynk.service; or use sertsynk-sync.timer, or sertsynk sync by"
                                    + " another means, in its place");
                case Service.Closed(String why) ->
                    new Finding.Warning(why, "run doctor with sudo, or as the user of the service");
            };
        } catch (IOException e) {
            return new Finding.Error(
                    Sentence.of("the background service does not answer: {0}", String.valueOf(e.getMessage())),
                    "see its log with journalctl -u sertsynk.service, then systemctl restart sertsynk.service");
        }
    }
}
