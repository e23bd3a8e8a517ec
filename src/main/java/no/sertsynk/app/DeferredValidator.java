package no.sertsynk.app;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import no.sertsynk.model.Assessment;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.validation.Validator;

/**
 * A validator that is made on a thread of its own while register and directory already answer: a cold process needs some
 * time to load a certification path engine.
 */
final class DeferredValidator implements Validator {
    private final CompletableFuture<Validator> made = new CompletableFuture<>();

    private DeferredValidator() {}

    static Validator of(Supplier<Validator> making) {
        DeferredValidator deferred = new DeferredValidator();
        Thread.ofPlatform().name("validator").daemon().start(() -> deferred.make(making));
        return deferred;
    }

    private void make(Supplier<Validator> making) {
        try {
            made.complete(making.get());
        } catch (RuntimeException | Error e) {
            made.completeExceptionally(e);
        }
    }

    @Override
    public Assessment assess(PartnerCertificate certificate) {
        return made.join().assess(certificate);
    }
}
