package io.relance.outreach.print;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code relance.post.*}.
 *
 * @param provider who posts letters: {@code none} (people do) or {@code folder}
 * @param folder where {@code folder} puts them, for a print house that fetches them
 */
@ConfigurationProperties("relance.post")
record PostalSettings(@DefaultValue("none") String provider, @Nullable Path folder) {}
