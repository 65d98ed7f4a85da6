#include <parkwater/status.h>

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const struct {
    const char *name, *en, *zh;
} STATUS[] = {
#define PARK_STATUS_ROW(name, value, en, zh) [value] = {#name, en, zh},
    PARK_STATUS_LIST(PARK_STATUS_ROW)
#undef PARK_STATUS_ROW
};

static int known(park_status status)
{
    return (int)status >= 0 && (size_t)status < sizeof STATUS / sizeof STATUS[0];
}

const char *park_status_name(park_status status)
{
    return known(status) ? STATUS[status].name : "PARK_E_UNKNOWN";
}

const char *park_status_sentence(park_status status)
{
    return known(status) ? STATUS[status].en : "unknown status";
}

const char *park_status_sentence_zh(park_status status)
{
    return known(status) ? STATUS[status].zh : "未知状态";
}

park_status park_error_set(park_error *err, park_status status, const char *file, int line, const char *fmt,
                           ...)
{
    if (err == NULL)
        return status;
    va_list args;
    va_start(args, fmt);
    vsnprintf(err->message, sizeof err->message, fmt, args);
    va_end(args);
    err->status   = status;
    err->place[0] = '\0';
    err->file     = file;
    err->line     = line;
    return status;
}

park_status park_error_at(park_error *err, const char *place)
{
    if (err == NULL)
        return PARK_E_INTERNAL;
    if (err->place[0] == '\0')
        snprintf(err->place, sizeof err->place, "%s", place);
    return err->status;
}
