#include "import/xlsx_pack.h"

#include <stdbool.h>
#include <zip.h>

/* Unpack the part at `index` into text [length + 1]. */
static park_status unpack(zip_t *pack, zip_uint64_t index, const char *part, char *text, size_t length,
                          park_error *err)
{
    zip_file_t *file = zip_fopen_index(pack, index, 0);
    if (file == NULL)
        return PARK_FAIL(err, PARK_E_INPUT, "%s cannot be unpacked: %s", part,
                         zip_error_strerror(zip_get_error(pack)));
    size_t at = 0;
    while (at < length) {
        zip_int64_t got = zip_fread(file, text + at, length - at);
        if (got <= 0)
            break;
        at += (size_t)got;
    }
    char        beyond;
    bool        whole  = at == length && zip_fread(file, &beyond, 1) == 0; /* reads on to check the sum */
    park_status status = PARK_OK;
    if (!whole)
        status = PARK_FAIL(err, PARK_E_INPUT, "%s is damaged", part);
    zip_fclose(file);
    return status;
}

static park_status part_of(zip_t *pack, park_arena *arena, const char *part, size_t limit, char **text,
                           size_t *length, park_error *err)
{
    zip_int64_t index = zip_name_locate(pack, part, ZIP_FL_NOCASE);
    zip_stat_t  about;
    *text   = NULL;
    *length = 0;
    if (index < 0)
        return PARK_OK;
    if (zip_stat_index(pack, (zip_uint64_t)index, 0, &about) != 0 || (about.valid & ZIP_STAT_SIZE) == 0)
        return PARK_FAIL(err, PARK_E_INPUT, "%s is damaged", part);
    if (about.size > limit)
        return PARK_FAIL(err, PARK_E_RANGE, "%s unpacks to %.0f MB; at most %.0f MB are read", part,
                         (double)about.size / 1e6, (double)limit / 1e6);
    *text = park_array(arena, (size_t)about.size + 1, 1);
    if (*text == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to unpack %s", part);
    *length = (size_t)about.size;
    return unpack(pack, (zip_uint64_t)index, part, *text, *length, err);
}

park_status park_pack_part(park_arena *arena, const char *bytes, size_t size, const char *part, size_t limit,
                           char **text, size_t *length, park_error *err)
{
    zip_error_t   why;
    zip_source_t *source = NULL;
    zip_error_init(&why);
    source      = zip_source_buffer_create(bytes, size, 0, &why);
    zip_t *pack = source != NULL ? zip_open_from_source(source, ZIP_RDONLY, &why) : NULL;
    if (pack == NULL) {
        park_status status =
            zip_error_code_zip(&why) == ZIP_ER_MEMORY
                ? PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to unpack a file")
                : PARK_FAIL(err, PARK_E_INPUT, "it is no zipped file: %s", zip_error_strerror(&why));
        if (source != NULL)
            zip_source_free(source);
        zip_error_fini(&why);
        return status;
    }
    park_status status = part_of(pack, arena, part, limit, text, length, err);
    zip_discard(pack);
    zip_error_fini(&why);
    return status;
}
