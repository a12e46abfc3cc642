package io.abgate.model;

import io.abgate.registry.domain.Check;
import java.util.List;
import java.util.ServiceLoader;

/** Every model format of this process. */
public final class ModelFormats {
    private final List<ModelFormat> formats;

    /** These formats. */
    public ModelFormats(List<ModelFormat> formats) {
        this.formats = List.copyOf(formats);
    }

    /** The formats that {@link ServiceLoader} finds. */
    public static ModelFormats installed() {
        return new ModelFormats(ServiceLoader.load(ModelFormat.class, ModelFormats.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .toList());
    }

    /**
     * Reads an artifact with the format that it claims to be of.
     *
     * @throws IllegalArgumentException when no format takes it, or it is not sound
     */
    public Model read(byte[] artifact) {
        for (ModelFormat format : formats) {
            if (format.accepts(artifact)) {
                return format.read(artifact);
            }
        }
        List<String> names = formats.stream().map(ModelFormat::name).toList();
        throw new IllegalArgumentException(Check.message("artifact", "unknown format", "one of " + names));
    }
}
