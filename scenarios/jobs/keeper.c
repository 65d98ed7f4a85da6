#include "jobs/keeper.h"

#include "base/tape.h"
#include "checkpoint.h"

#include <string.h>

enum { CHECKPOINTS = 20 };

/* Room for `rows` of them; PARK_E_MEMORY. */
static park_status room(park_keeper *k, size_t rows, park_error *err)
{
    size_t columns = k->rows->columns, larger = k->capacity == 0 ? 1024 : 2 * k->capacity;
    if (rows <= k->capacity)
        return PARK_OK;
    larger          = larger < rows ? rows : larger;
    int64_t *times  = PARK_ARRAY(k->arena, larger, int64_t);
    double  *values = PARK_ARRAY(k->arena, larger * columns, double);
    if (times == NULL || values == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for %zu rows of results", larger);
    if (k->rows->rows > 0) {
        memcpy(times, k->rows->time, k->rows->rows * sizeof *times);
        memcpy(values, k->value, k->rows->rows * columns * sizeof *values);
    }
    k->rows->time = times, k->value = values, k->capacity = larger;
    return PARK_OK;
}

static park_status begin(void *user, const park_column *columns, size_t count, int64_t every, park_error *err)
{
    park_keeper *k   = user;
    k->rows->columns = count;
    k->rows->rows    = 0;
    k->rows->every   = every;
    k->rows->column  = PARK_ARRAY(k->arena, count, park_column);
    k->capacity      = 0;
    if (k->rows->column == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for %zu columns", count);
    memcpy(k->rows->column, columns, count * sizeof *columns);
    if (k->taken == 0)
        return PARK_OK;
    PARK_TRY(room(k, k->taken, err));
    memcpy(k->rows->time, k->taken_time, k->taken * sizeof *k->taken_time);
    memcpy(k->value, k->taken_value, k->taken * count * sizeof *k->taken_value);
    k->rows->rows = k->taken;
    return PARK_OK;
}

static park_status row(void *user, int64_t time, const double *values, park_error *err)
{
    park_keeper *k       = user;
    size_t       columns = k->rows->columns;
    PARK_TRY(room(k, k->rows->rows + 1, err));
    k->rows->time[k->rows->rows] = time;
    memcpy(k->value + k->rows->rows * columns, values, columns * sizeof *values);
    k->rows->rows++;
    return PARK_OK;
}

/* A column after the other, once the march is over. */
static park_status end(void *user, park_error *err)
{
    park_keeper *k    = user;
    size_t       rows = k->rows->rows, columns = k->rows->columns;
    k->rows->value = PARK_ARRAY(k->arena, rows * columns, double);
    if (k->rows->value == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for %zu rows of results", rows);
    for (size_t r = 0; r < rows; r++)
        for (size_t c = 0; c < columns; c++)
            k->rows->value[c * rows + r] = k->value[r * columns + c];
    return PARK_OK;
}

park_sink park_keeper_sink(park_keeper *keeper)
{
    return (park_sink){.user = keeper, .begin = begin, .row = row, .end = end};
}

/* ---- checkpoints ---- */

static park_status keep(void *user, int64_t time, const void *bytes, size_t count, park_error *err)
{
    park_keeper *k    = user;
    size_t       rows = k->rows->rows, columns = k->rows->columns;
    park_arena  *scratch = park_arena_new();
    park_tape    tape    = park_tape_write(scratch);
    union {
        const void *fixed;
        void       *open;
    } march = {.fixed = bytes}; /* a tape that writes changes nothing */
    (void)time;
    PARK_TAPE(&tape, &rows, 1);
    PARK_TAPE(&tape, &columns, 1);
    PARK_TAPE(&tape, k->rows->time, rows);
    PARK_TAPE(&tape, k->value, rows * columns);
    PARK_TAPE(&tape, &count, 1);
    park_tape_move(&tape, march.open, count);
    park_status status = tape.broken
                             ? PARK_FAIL(err, PARK_E_MEMORY, "no memory for a checkpoint of %zu rows", rows)
                             : park_checkpoint_write(k->path, k->key, tape.bytes, tape.count, err);
    park_arena_free(scratch);
    return status;
}

static park_status take(park_keeper *k, const void *bytes, size_t length, park_error *err)
{
    park_tape tape    = park_tape_read(bytes, length);
    size_t    columns = 0, count = 0;
    PARK_TAPE(&tape, &k->taken, 1);
    PARK_TAPE(&tape, &columns, 1);
    if (tape.broken || columns > length || k->taken > length) /* more than there are bytes: not ours */
        return PARK_FAIL(err, PARK_E_RANGE, "%s is no checkpoint of a simulation", k->path);
    k->taken_time  = PARK_ARRAY(k->arena, k->taken, int64_t);
    k->taken_value = PARK_ARRAY(k->arena, k->taken * columns, double);
    if (k->taken_time == NULL || k->taken_value == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for %zu rows of results", k->taken);
    PARK_TAPE(&tape, k->taken_time, k->taken);
    PARK_TAPE(&tape, k->taken_value, k->taken * columns);
    PARK_TAPE(&tape, &count, 1);
    char *march = tape.broken ? NULL : PARK_ARRAY(k->arena, count, char);
    if (!tape.broken && march == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for a checkpoint");
    park_tape_move(&tape, march, count);
    if (!park_tape_ended(&tape))
        return PARK_FAIL(err, PARK_E_RANGE, "%s is no checkpoint of a simulation", k->path);
    k->march = march, k->march_bytes = count;
    return PARK_OK;
}

park_status park_keeper_checkpoints(park_keeper *k, int64_t span, park_simulate_settings *settings,
                                    park_error *err)
{
    const void *bytes;
    size_t      length;
    int64_t     rows = span / settings->output / CHECKPOINTS;
    PARK_TRY(park_checkpoint_read(k->arena, k->path, k->key, &bytes, &length, err));
    if (bytes != NULL)
        PARK_TRY(take(k, bytes, length, err));
    settings->keep         = keep;
    settings->keep_user    = k;
    settings->keep_every   = settings->output * (rows > 1 ? rows : 1);
    settings->resume       = k->march;
    settings->resume_bytes = k->march_bytes;
    return PARK_OK;
}
