package no.sertsynk.app;

import no.sertsynk.directory.Directory;
import no.sertsynk.directory.DirectoryAnswer;
import no.sertsynk.directory.DirectoryException;
import no.sertsynk.directory.LdapString;
import no.sertsynk.service.observe.RunTally;
import no.sertsynk.service.observe.RunTally.Answer;

/** Directories whose answers are counted. */
final class CountedDirectory implements Directory {
    private final Directory directory;
    private final RunTally tally;

    CountedDirectory(Directory directory, RunTally tally) {
        this.directory = directory;
        this.tally = tally;
    }

    @Override
    public DirectoryAnswer search(LdapString string) throws DirectoryException {
        try {
            DirectoryAnswer answer = directory.search(string);
            tally.directorySearch(string.host(), answer.certificates().isEmpty() ? Answer.EMPTY : Answer.FOUND);
            return answer;
        } catch (DirectoryException e) {
            switch (e.reason().code()) {
                case HOST_NOT_ALLOWED -> {
                    // Nobody was asked, and the register could make up names of hosts without end.
                }
                case DIRECTORY_UNAVAILABLE -> tally.directorySearch(string.host(), Answer.UNAVAILABLE);
                default -> tally.directorySearch(string.host(), Answer.REFUSED);
            }
            throw e;
        }
    }

    @Override
    public String rules() {
        return directory.rules();
    }

    @Override
    public void close() {
        directory.close();
    }
}
