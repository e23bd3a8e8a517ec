package no.sertsynk.keystore;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import no.sertsynk.keystore.KeystoreSpec.KeystoreType;
import no.sertsynk.keystore.file.FileAccess;
import no.sertsynk.keystore.file.FileOperations;
import no.sertsynk.keystore.file.GenerationFolder;
import no.sertsynk.keystore.file.TargetFile;
import no.sertsynk.keystore.format.StoreFormat;

/** The replaced files of one keystore, each in the format that it had. */
final class GenerationStore {
    /** Of callers who want no generation kept. */
    static final int NONE = -1;

    private final KeystoreSpec spec;
    private final Optional<GenerationFolder> folder;

    GenerationStore(KeystoreSpec spec, FileOperations operations) {
        this.spec = spec;
        this.folder =
                spec.generations().map(policy -> new GenerationFolder(policy.folder(), policy.kept(), operations));
    }

    List<Generation> list() throws KeystoreException {
        return folder.isEmpty()
                ? List.of()
                : folder.get().list().stream()
                        .map(kept -> new Generation(kept.number(), kept.keptAt()))
                        .toList();
    }

    /** Keeps the content of a file that is about to be replaced. */
    void keep(int number, byte[] content, FileAccess access) throws KeystoreException {
        if (number != NONE && folder.isPresent()) {
            folder.get().keep(number + "." + spec.type().extension(), content, access);
        }
    }

    KeystoreContents read(int number) throws KeystoreException {
        Optional<Path> file = folder.isEmpty() ? Optional.empty() : folder.get().find(number);
        if (file.isEmpty()) {
            throw new KeystoreException("generation " + number + " is not kept: choose one of " + numbers());
        }
        try {
            KeystoreSpec kept = new KeystoreSpec(spec.name(), file.get(), typeOf(file.get()), spec.password());
            Optional<byte[]> content =
                    TargetFile.find(file.get(), FileOperations.LOCAL).read();
            if (content.isEmpty()) {
                throw new KeystoreException("it has just been removed");
            }
            return StoreFormat.of(kept).parse(content.get()).contents();
        } catch (KeystoreException e) {
            throw new KeystoreException("generation " + number + " (" + file.get() + "): " + e.getMessage(), e);
        }
    }

    private KeystoreType typeOf(Path file) throws KeystoreException {
        return Arrays.stream(KeystoreType.values())
                .filter(type -> file.toString().endsWith("." + type.extension()))
                .findFirst()
                .orElseThrow(() -> new KeystoreException("the format is none that is known"));
    }

    private String numbers() throws KeystoreException {
        List<Generation> kept = list();
        return kept.isEmpty()
                ? "none: nothing was replaced yet, or generations is 0"
                : String.join(
                        ", ",
                        kept.stream().map(each -> String.valueOf(each.number())).toList());
    }
}
