package no.sertsynk.directory;

import java.util.List;

/** What became of the attempt to read a text as an LDAP string. The verdict speaks of the form alone. */
public sealed interface LdapStringReading {
    /**
     * It can be read.
     *
     * @param repairs what had to be mended to give it the one reading that is possible; empty for a well-formed string
     */
    record Readable(LdapString string, List<String> repairs) implements LdapStringReading {
        public Readable {
            repairs = List.copyOf(repairs);
        }
    }

    /** It cannot be read in exactly one way, or must not be. */
    record Unreadable(String error) implements LdapStringReading {}
}
