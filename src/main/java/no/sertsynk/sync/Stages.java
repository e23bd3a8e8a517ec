package no.sertsynk.sync;

import java.time.Clock;
import no.sertsynk.directory.Directory;
import no.sertsynk.register.Register;
import no.sertsynk.validation.Validator;

/** The stages that a run goes through, ready for use. The caller closes them. */
public record Stages(
        Register register, Directory directory, Validator validator, KeystoreAccess keystores, Clock clock) {}
