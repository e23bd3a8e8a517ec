package no.sertsynk.app.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Whether the names of all hosts that are asked have an address. */
public final class NamesCheck implements Check {
    private final Supplier<Map<String, String>> hosts;

    /** @param hosts each with what it is needed for */
    public NamesCheck(Supplier<Map<String, String>> hosts) {
        this.hosts = hosts;
    }

    @Override
    public String topic() {
        return "names";
    }

    @Override
    public List<Finding> look() throws IOException, InterruptedException {
        Map<String, String> asked = new LinkedHashMap<>(hosts.get());
        List<Finding> bad = new ArrayList<>(SideBySide.look(List.copyOf(asked.entrySet()), NamesCheck::look));
        bad.removeIf(Finding.Ok.class::isInstance);
        return bad.isEmpty() && !asked.isEmpty()
                ? List.of(new Finding.Ok(Sentence.of("{0} hosts have an address", asked.size())))
                : bad;
    }

    private static Finding look(Map.Entry<String, String> host) {
        try {
            return new Finding.Ok(InetAddress.getByName(host.getKey()).getHostAddress());
        } catch (UnknownHostException e) {
            return new Finding.Error(
                    Sentence.of("{0} has no address ({1})", host.getKey(), host.getValue()),
                    "look at the spelling, and at the name service of this host (/etc/resolv.conf, /etc/hosts)");
        }
    }
}
