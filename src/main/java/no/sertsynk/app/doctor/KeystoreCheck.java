package no.sertsynk.app.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import no.sertsynk.app.doctor.Rights.Wish;
import no.sertsynk.app.doctor.Way.Obstacle;
import no.sertsynk.keystore.KeystoreContents;
import no.sertsynk.keystore.KeystoreException;
import no.sertsynk.keystore.KeystoreSpec;
import no.sertsynk.keystore.KeystoreSpec.KeystoreType;
import no.sertsynk.keystore.Keystores;
import no.sertsynk.keystore.file.FileAccess;

/** Whether one keystore is there, can be loaded, and can be read by those who need what is in it. */
public final class KeystoreCheck implements Check {
    private final KeystoreSpec keystore;
    private final List<Account> clients;
    private final Accounts accounts;

    /** @param clients users whose programs read the keystore; empty if nobody has named them */
    public KeystoreCheck(KeystoreSpec keystore, List<Account> clients, Accounts accounts) {
        this.keystore = keystore;
        this.clients = List.copyOf(clients);
        this.accounts = accounts;
    }

    @Override
    public String topic() {
        return "keystores";
    }

    @Override
    public List<Finding> look() throws IOException, InterruptedException {
        String name = keystore.name();
        if (keystore.type().needsPassword() && keystore.password().isEmpty()) {
            return List.of(new Finding.Warning(
                    Sentence.of("keystore {0}: not looked into, since its password could not be read", name),
                    "correct what is said of the configuration, then ask again"));
        }
        try {
            KeystoreContents contents = Keystores.read(keystore);
            if (!contents.exists()) {
                return List.of(new Finding.Warning(
                        Sentence.of("keystore {0}: {1} is not there yet", name, keystore.path()),
                        "the first sync makes it: run sertsynk plan to see how, then sertsynk sync"));
            }
            List<Finding> findings = new ArrayList<>();
            findings.add(new Finding.Ok(Sentence.of(
                    "keystore {0}: can be loaded, and holds {1} certificates and {2} private keys",
                    name, contents.certificates().size(), contents.keyAliases().size())));
            readers(findings);
            return findings;
        } catch (KeystoreException e) {
            return List.of(new Finding.Error(
                    e.reason().message(),
                    "look at the file and its password; sertsynk rollback puts an earlier one back"));
        }
    }

    private void readers(List<Finding> findings) throws IOException, InterruptedException {
        for (Account client : clients) {
            findings.add(reader(client));
        }
        if (clients.isEmpty()) {
            findings.add(anybody());
        }
    }

    private Finding reader(Account client) throws IOException {
        for (Path file : files()) {
            boolean isFolder = Files.isDirectory(file);
            Optional<Obstacle> obstacle = Way.obstacle(client, file, Wish.READ);
            if (obstacle.isEmpty() && isFolder) {
                obstacle = Way.obstacle(client, file, Wish.ENTER);
            }
            if (obstacle.isPresent()) {
                Obstacle found = obstacle.get();
                return new Finding.Error(
                        found.isAbove()
                                ? Sentence.of(
                                        "keystore {0}: the client's user {1} may not enter the folder {2} ({3})",
                                        keystore.name(), client.name(), found.place(), found.access())
                                : Sentence.of(
                                        "keystore {0}: the client's user {1} may not read {2} ({3})",
                                        keystore.name(), client.name(), found.place(), found.access()),
                        found.isAbove()
                                ? Sentence.of(
                                        "let it enter, for instance with setfacl -m u:{0}:x {1}",
                                        client.name(), found.place())
                                : Sentence.of(
                                        "give it the group of the client with chgrp GROUP {1} and chmod g+r {1}, or"
                                                + " setfacl -m u:{0}:r {1}; sertsynk keeps both",
                                        client.name(), found.place()));
            }
        }
        return new Finding.Ok(
                Sentence.of("keystore {0}: can be read by the client's user {1}", keystore.name(), client.name()));
    }

    /** The file; of a folder it and what is in it, as far as it may be listed. */
    private List<Path> files() throws IOException {
        if (keystore.type() != KeystoreType.PEM_DIRECTORY) {
            return List.of(keystore.path());
        }
        try (Stream<Path> children = Files.list(keystore.path())) {
            return Stream.concat(
                            Stream.of(keystore.path()),
                            children.filter(Files::isRegularFile).sorted())
                    .toList();
        }
    }

    /** Nobody has said who reads it: tells who can, and doubts where that is the service alone. */
    private Finding anybody() throws IOException, InterruptedException {
        Path file = keystore.path().toRealPath();
        PosixFileAttributes attributes = Files.readAttributes(file, PosixFileAttributes.class);
        FileAccess access = FileAccess.of(file);
        String owner = attributes.owner().getName();
        String group = attributes.group().getName();
        boolean byGroup = attributes.permissions().contains(PosixFilePermission.GROUP_READ);
        boolean byAll = attributes.permissions().contains(PosixFilePermission.OTHERS_READ);
        boolean byList = !Rights.namedReaders(access, false).isEmpty()
                || !Rights.namedReaders(access, true).isEmpty();
        List<String> members = byGroup ? accounts.members(group) : List.of();
        boolean others = byAll || byList || members.stream().anyMatch(member -> !member.equals(owner));
        return others
                ? new Finding.Ok(Sentence.of(
                        "keystore {0}: others than its owner can read it ({1}); --client-user NAME tells of one of"
                                + " them",
                        keystore.name(), Way.access(file)))
                : new Finding.Warning(
                        Sentence.of(
                                "keystore {0}: {1} and root alone can read it, and no client that runs as another user"
                                        + " ({2})",
                                keystore.name(), owner, Way.access(file)),
                        Sentence.of(
                                "give it the group of the client with chgrp GROUP {0} and chmod g+r {0}, or name the"
                                        + " client's user with --client-user NAME",
                                file));
    }
}
