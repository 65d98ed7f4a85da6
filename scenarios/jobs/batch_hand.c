#include "jobs/batch_hand.h"

#include "checkpoint.h"
#include "results/shard.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <unistd.h>

static const double OWN_SHARD = 0.05; /* [s] from which a variant has a shard of its own */
static const double PACK_AGE  = 1.0;  /* [s] after which gathered rows are written */
/* Studies from this size on are archived: all rows of a hand go together, for a file system that would not bear a file each. */
static const double ARCHIVE_AGE = 30.0; /* [s] that a killed hand may lose then */
enum { ARCHIVE_FROM = 100000, PACK_ROWS = 512, PACK_BYTES = 8 << 20, IDLE_MS = 3 };

bool park_pipe_read(int file, void *record, size_t size)
{
    char *at = record;
    while (size > 0) {
        ssize_t n = read(file, at, size);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        at += n, size -= (size_t)n;
    }
    return true;
}

bool park_pipe_write(int file, const void *record, size_t size)
{
    const char *at = record;
    while (size > 0) {
        ssize_t n = write(file, at, size);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        at += n, size -= (size_t)n;
    }
    return true;
}

/* ---- signals ---- */

/* What handlers reach: the flag that ends a computation, and whose child this is. */
static park_cancel           ending;
static volatile sig_atomic_t parent;

static void on_terminate(int number)
{
    park_cancel_raise(&ending, number);
}

/* A hand whose parent is gone writes nothing more: another start may be at work already. */
static void on_alarm(int number)
{
    (void)number;
    if (getppid() != (pid_t)parent)
        _exit(PARK_EXIT_INTERNAL);
}

static void handle(int number, void (*handler)(int))
{
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = handler;
    action.sa_flags   = SA_RESTART;
    sigaction(number, &action, NULL);
}

static void settle(void)
{
    struct itimerval second = {{1, 0}, {1, 0}};
    parent                  = (sig_atomic_t)getppid();
    handle(SIGINT, SIG_IGN); /* a terminal sends it to all: the coordinator decides */
    handle(SIGTERM, on_terminate);
    handle(SIGALRM, on_alarm);
    handle(SIGPIPE, SIG_IGN);
    setitimer(ITIMER_REAL, &second, NULL);
}

/* ---- the pack ---- */

typedef struct worker {
    const park_hand_task *task;
    int32_t               hand;
    int                   orders, reports;
    park_variant_settings settings;
    park_arena           *lasting; /* the start */
    bool                  started; /* the start was looked for */
    park_arena           *pack;    /* of the gathered rows; NULL: none */
    park_variant_row     *row[PACK_ROWS];
    int64_t               variant[PACK_ROWS];
    double                seconds[PACK_ROWS];
    size_t                rows;
    double                opened;
    double                work, write, wait;
} worker;

static void report(worker *w, park_hand_report *r)
{
    struct rusage used;
    r->hand = w->hand;
    r->work = w->work, r->write = w->write, r->wait = w->wait;
    r->memory    = getrusage(RUSAGE_SELF, &used) == 0 ? (uint64_t)used.ru_maxrss * 1024 : 0;
    double begun = park_clock_seconds();
    if (!park_pipe_write(w->reports, r, sizeof *r))
        _exit(PARK_EXIT_INTERNAL); /* nobody listens any more */
    w->wait += park_clock_seconds() - begun;
}

static void copy_text(char *to, size_t size, const char *text)
{
    snprintf(to, size, "%s", text != NULL ? text : "");
}

/* Rows that are alike, in one file; then each is told as stored. */
static void write_rows(worker *w, const park_variant_row *const *rows, const int64_t *variant,
                       const double *seconds, size_t count)
{
    park_error err = {0};
    char       path[4096], beside[4096], name[84], all[PARK_SHA256_HEX];
    double     begun = park_clock_seconds();
    if (count == 1) {
        snprintf(name, sizeof name, "%s.h5", rows[0]->hash);
    } else { /* named by what it holds */
        park_arena *arena = park_arena_new();
        park_text   text;
        park_text_init(&text, arena);
        for (size_t i = 0; i < count; i++)
            park_text_add(&text, rows[i]->hash);
        const char *done = park_text_done(&text);
        if (done == NULL || park_sha256(done, strlen(done), all, &err) != PARK_OK)
            copy_text(all, sizeof all, rows[0]->hash);
        park_arena_free(arena);
        snprintf(name, sizeof name, "pack-%s.h5", all);
    }
    snprintf(path, sizeof path, "%s/shards/%s", w->task->dir, name);
    snprintf(beside, sizeof beside, "%s/shards/hand-%d-%ld.tmp", w->task->dir, (int)w->hand, (long)getpid());
    park_status status = getppid() != (pid_t)parent ? PARK_FAIL(&err, PARK_E_INTERNAL, "orphaned")
                                                    : park_shard_write(rows, count, path, beside, &err);
    w->write += park_clock_seconds() - begun;
    park_hand_report r = {
        .word = PARK_HAND_BROKEN, .variant = variant[0], .exit = (int32_t)park_exit_of(status)};
    if (status != PARK_OK) {
        copy_text(r.text, sizeof r.text, err.message);
        report(w, &r);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        park_hand_report stored = {
            .word = PARK_HAND_STORED, .variant = variant[i], .seconds = seconds[i], .row = (int32_t)i};
        copy_text(stored.shard, sizeof stored.shard, name);
        report(w, &stored);
    }
}

static void write_pack(worker *w)
{
    const park_variant_row *rows[PACK_ROWS];
    if (w->rows == 0)
        return;
    for (size_t i = 0; i < w->rows; i++)
        rows[i] = w->row[i];
    write_rows(w, rows, w->variant, w->seconds, w->rows);
    w->rows = 0;
    park_arena_free(w->pack);
    w->pack = NULL;
}

/* A copy of the row that outlives the arena in which it was computed; NULL out of memory. */
static park_variant_row *keep_row(park_arena *arena, const park_variant_row *row)
{
    park_variant_row *own = PARK_NEW(arena, park_variant_row);
    size_t            n = row->indicators, c = row->columns, t = row->times;
    if (own == NULL)
        return NULL;
    *own           = *row;
    own->why_en    = park_arena_text(arena, row->why_en, strlen(row->why_en));
    own->why_zh    = park_arena_text(arena, row->why_zh, strlen(row->why_zh));
    own->indicator = PARK_ARRAY(arena, n, park_study_indicator);
    own->value = PARK_ARRAY(arena, n, double), own->promised = PARK_ARRAY(arena, n, double);
    own->asked = PARK_ARRAY(arena, n, double), own->reached = PARK_ARRAY(arena, n, int64_t);
    own->column = PARK_ARRAY(arena, c, const char *), own->column_units = PARK_ARRAY(arena, c, const char *);
    own->time = PARK_ARRAY(arena, t, int64_t), own->series = PARK_ARRAY(arena, c * t, double);
    if (own->why_en == NULL || own->why_zh == NULL || own->indicator == NULL || own->value == NULL ||
        own->promised == NULL || own->asked == NULL || own->reached == NULL || own->column == NULL ||
        own->column_units == NULL || own->time == NULL || own->series == NULL)
        return NULL;
    for (size_t i = 0; i < n; i++) {
        own->indicator[i]    = row->indicator[i];
        own->indicator[i].id = park_arena_text(arena, row->indicator[i].id, strlen(row->indicator[i].id));
        if (own->indicator[i].id == NULL)
            return NULL;
    }
    for (size_t i = 0; i < c; i++) {
        own->column[i]       = park_arena_text(arena, row->column[i], strlen(row->column[i]));
        own->column_units[i] = row->column_units[i]; /* of the program */
        if (own->column[i] == NULL)
            return NULL;
    }
    if (n > 0) {
        memcpy(own->value, row->value, n * sizeof *own->value);
        memcpy(own->promised, row->promised, n * sizeof *own->promised);
        memcpy(own->asked, row->asked, n * sizeof *own->asked);
        memcpy(own->reached, row->reached, n * sizeof *own->reached);
    }
    if (c * t > 0) {
        memcpy(own->time, row->time, t * sizeof *own->time);
        memcpy(own->series, row->series, c * t * sizeof *own->series);
    }
    return own;
}

static bool archives(const worker *w)
{
    return w->task->variants->count >= ARCHIVE_FROM;
}

static void gather(worker *w, const park_variant_row *row, int64_t variant, double seconds)
{
    if (w->rows > 0 && !park_shard_alike(row, w->row[0]))
        write_pack(w);
    if (w->pack == NULL) {
        w->pack   = park_arena_new();
        w->opened = park_clock_seconds();
    }
    park_variant_row *own = keep_row(w->pack, row);
    if (own == NULL) { /* no room: alone, from where it stands */
        write_rows(w, &row, &variant, &seconds, 1);
        return;
    }
    w->row[w->rows] = own, w->variant[w->rows] = variant, w->seconds[w->rows] = seconds;
    w->rows++;
    if (w->rows == PACK_ROWS || park_arena_bytes(w->pack) > PACK_BYTES ||
        park_clock_seconds() - w->opened > (archives(w) ? ARCHIVE_AGE : PACK_AGE))
        write_pack(w);
}

/* ---- orders ---- */

static const char *base_path(const worker *w, park_arena *arena)
{
    return park_arena_printf(arena, "%s/base", w->task->dir);
}

/* The base's design, once; what cannot be read is told with the variant. */
static park_status find_start(worker *w, park_error *err)
{
    const void  *bytes = NULL;
    size_t       count = 0;
    park_design *design;
    if (w->started || w->task->base_key == NULL)
        return PARK_OK;
    const char *path = base_path(w, w->lasting);
    if (path == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for the base's design");
    PARK_TRY(park_checkpoint_read(w->lasting, path, w->task->base_key, &bytes, &count, err));
    if (bytes == NULL)
        return PARK_FAIL(err, PARK_E_FILE, "%s is not there", path);
    PARK_TRY(park_start_read(bytes, count, w->task->variants->park.model, w->lasting, &design, err));
    w->settings.start = design;
    w->started        = true;
    return PARK_OK;
}

static void compute(worker *w, const park_hand_order *order)
{
    park_arena      *arena = park_arena_new();
    park_variant_row row;
    park_variant_end end    = {.exit = PARK_EXIT_DONE};
    park_error       err    = {0};
    double           begun  = park_clock_seconds();
    park_status      status = find_start(w, &err);
    park_hand_report r      = {.word = PARK_HAND_BROKEN, .variant = order->variant, .exit = PARK_EXIT_FILE};
    if (status != PARK_OK) {
        copy_text(r.text, sizeof r.text, err.message);
        report(w, &r);
        park_arena_free(arena);
        return;
    }
    park_variant_compute(&w->settings, (size_t)order->variant, arena, &row, &end, NULL);
    r.seconds = park_clock_seconds() - begun;
    w->work += r.seconds;
    if (park_cancel_why(&ending) != 0) { /* what was cut short is no result; what is whole is kept */
        write_pack(w);
        _exit(PARK_EXIT_DONE);
    }
    if (end.exit != PARK_EXIT_DONE) {
        r.word = PARK_HAND_FAILED, r.exit = (int32_t)end.exit;
        copy_text(r.text, sizeof r.text, end.reason);
        report(w, &r);
    } else {
        memcpy(row.hash, order->hash, sizeof row.hash);
        r.word = PARK_HAND_COMPUTED, r.exit = PARK_EXIT_DONE;
        report(w, &r);
        const park_variant_row *alone = &row;
        if (r.seconds >= OWN_SHARD && !archives(w))
            write_rows(w, &alone, &order->variant, &r.seconds, 1);
        else
            gather(w, &row, order->variant, r.seconds);
    }
    park_arena_free(arena);
}

static void compute_base(worker *w)
{
    park_arena        *arena = park_arena_new();
    const park_design *design;
    const void        *bytes;
    size_t             count;
    park_variant_row   row;
    park_variant_end   end;
    park_error         err   = {0};
    double             begun = park_clock_seconds();
    park_variant_compute(&w->settings, w->task->variants->count, arena, &row, &end, &design);
    if (park_cancel_why(&ending) != 0)
        _exit(PARK_EXIT_DONE);
    park_hand_report r      = {.word = PARK_HAND_BASED, .variant = -1, .exit = (int32_t)end.exit};
    const char      *path   = base_path(w, arena);
    park_status      status = path == NULL ? PARK_FAIL(&err, PARK_E_MEMORY, "no memory for the base's design")
                                           : park_start_write(design, arena, &bytes, &count, &err);
    if (status == PARK_OK)
        status = park_checkpoint_write(path, w->task->base_key, bytes, count, &err);
    r.seconds = park_clock_seconds() - begun;
    w->work += r.seconds;
    if (status != PARK_OK)
        r.word = PARK_HAND_BROKEN, r.exit = (int32_t)park_exit_of(status);
    copy_text(r.text, sizeof r.text, status != PARK_OK ? err.message : end.reason);
    report(w, &r);
    park_arena_free(arena);
}

/* The next order; what was gathered is written when none comes at once. */
static bool next_order(worker *w, park_hand_order *order)
{
    struct pollfd in    = {.fd = w->orders, .events = POLLIN};
    double        begun = park_clock_seconds();
    if (w->rows > 0 && poll(&in, 1, IDLE_MS) <= 0) {
        w->wait += park_clock_seconds() - begun;
        write_pack(w);
        begun = park_clock_seconds();
    }
    bool came = park_pipe_read(w->orders, order, sizeof *order);
    w->wait += park_clock_seconds() - begun;
    return came;
}

_Noreturn void park_hand_work(const park_hand_task *task, int32_t hand, int orders, int reports)
{
    static worker   w; /* of this process alone: too large for a stack */
    park_hand_order order;
    settle();
    w = (worker){
        .task = task, .hand = hand, .orders = orders, .reports = reports, .lasting = park_arena_new()};
    w.settings =
        (park_variant_settings){.variants = task->variants, .options = task->options, .cancel = &ending};
    while (park_cancel_why(&ending) == 0 && next_order(&w, &order)) {
        if (order.word == PARK_HAND_COMPUTE)
            compute(&w, &order);
        else if (order.word == PARK_HAND_BASE)
            compute_base(&w);
    }
    write_pack(&w);
    _exit(PARK_EXIT_DONE);
}
