package no.sertsynk.app.doctor;

import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import no.sertsynk.directory.CaProfile;
import no.sertsynk.directory.Directory;
import no.sertsynk.directory.DirectoryException;
import no.sertsynk.directory.LdapString;
import no.sertsynk.directory.LdapStringReader;
import no.sertsynk.directory.LdapStringReading;

/** Whether each directory of a certificate authority answers an anonymous search. */
public final class DirectoriesCheck implements Check {
    private static final String TLS_PORT = ":636";

    private final List<String> hosts;
    private final Supplier<Directory> opening;

    /** @param hosts as {@code directories.allow} has them */
    public DirectoriesCheck(List<String> hosts, Supplier<Directory> opening) {
        this.hosts = List.copyOf(hosts);
        this.opening = opening;
    }

    @Override
    public String topic() {
        return "directories";
    }

    @Override
    public List<Finding> look() throws IOException, InterruptedException {
        if (hosts.isEmpty()) {
            return List.of(new Finding.Warning(
                    "no directory is allowed, so that no certificate can be fetched",
                    "take directories.allow out for the environment's own list, or name the directories there"));
        }
        try (Directory directory = opening.get()) {
            return SideBySide.look(hosts, host -> look(host, directory));
        }
    }

    private static Finding look(String host, Directory directory) {
        return switch (LdapStringReader.read(question(host))) {
            case LdapStringReading.Unreadable(String error) -> new Finding.Error(error, "correct directories.allow");
            case LdapStringReading.Readable(LdapString string, List<String> repairs) -> search(host, directory, string);
        };
    }

    private static Finding search(String host, Directory directory, LdapString string) {
        try {
            directory.search(string);
            return new Finding.Ok(Sentence.of("directory {0} answers an anonymous search", host));
        } catch (DirectoryException e) {
            return new Finding.Error(
                    e.reason().message(),
                    "let this host through the firewall to that host (LDAP, port 389 or 636); LDAP goes by no proxy,"
                            + " but directories.hostMap can name another way");
        }
    }

    /** For a serial number that nobody has: any answer is an answer. */
    private static String question(String host) {
        String base = CaProfile.of(host).bases().stream().findFirst().orElse("");
        return (host.endsWith(TLS_PORT) ? "ldaps://" : "ldap://") + host + "/" + base.replace(" ", "%20")
                + "?userCertificate;binary?sub?(certificateSerialNumber=1)";
    }
}
