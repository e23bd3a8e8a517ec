package no.sertsynk.directory;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import no.sertsynk.directory.LdapStringReading.Readable;
import no.sertsynk.model.Reason;

/** Directories of the host that test strings name, reached at a loopback port. */
final class DirectoryFixture {
    static final String BUYPASS = "ldap.test4.buypass.no";
    static final String COMMFIDES = "ldap.test.commfides.com";

    private DirectoryFixture() {}

    static LdapDirectory at(String host, int port, Duration timeout) {
        return LdapDirectory.open(new DirectorySettings(
                new DirectoryPolicy(List.of(host), Map.of(host, URI.create("ldap://127.0.0.1:" + port))),
                2,
                timeout,
                Optional.empty()));
    }

    /** A directory that has time enough. */
    static LdapDirectory at(String host, int port) {
        return at(host, port, Duration.ofSeconds(20));
    }

    /** A string that searches below the base with that filter. */
    static LdapString string(String host, String base, String filter) {
        String url = "ldap://" + host + "/" + base.replace(" ", "%20") + "?userCertificate;binary?sub?"
                + filter.replace("|", "%7C").replace(" ", "%20");
        return ((Readable) LdapStringReader.read(url)).string();
    }

    /** The reason why the search fails. */
    static Reason failure(LdapDirectory directory, LdapString string) {
        try {
            DirectoryAnswer answer = directory.search(string);
            throw new AssertionError("expected a failure, found " + answer);
        } catch (DirectoryException e) {
            return e.reason();
        }
    }
}
