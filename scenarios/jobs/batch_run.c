#include "jobs/batch_run.h"

#include "base/names.h"
#include "checkpoint.h"
#include "findings_text.h"
#include "jobs/batch_crew.h"
#include "jobs/progress.h"
#include "jobs/recipe.h"
#include "replace.h"
#include "results/shard.h"

#include <math.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>

enum { BASE_LIVES = 5, LISTEN_MS = 100, LISTEN_RANKS_MS = 1, LEAVE_S = 60 };
static const double STALL_TIMES = 2.0, STALL_MORE = 30.0; /* [s] beyond its time limit a variant stalls */
static const double FLUSH_EVERY = 1.0;                    /* [s] between flushes of the journal */

park_exit park_batch_fail(park_batch *b, park_status status)
{
    park_recipe recipe = {.context = b->context, .findings = b->findings, .error = b->error};
    return park_recipe_fail(&recipe, status);
}

/* ---- opening ---- */

static park_exit tell(park_batch *b, park_status status)
{
    park_job_tell(b->context, &b->findings, 0, 0);
    return park_batch_fail(b, status);
}

park_exit park_batch_open(park_batch *b, park_job_context *context)
{
    const park_options *options = context->options;
    b->context                  = context;
    b->dir                      = options->output;
    park_findings_init(&b->findings, context->arena);
    b->load = (park_load_options){.allow_path = options->allow_path, .allow_paths = options->allow_paths};
    park_status status = park_variants_open(options->argument[0], &b->load, context->arena, &b->variants,
                                            &b->findings, &b->error);
    if (status == PARK_OK && b->cluster.rank == 0)
        status = park_variants_check(&b->variants, &b->findings, &b->error);
    if (status != PARK_OK)
        return tell(b, status);
    const char *engine = park_variant_engine(&b->variants, options, "none", context->arena);
    if (engine != NULL && park_start_wanted(b->variants.study)) {
        status = park_variants_hash(&b->variants, b->variants.count, engine, b->base_key, &b->error);
        engine = park_variant_engine(&b->variants, options, b->base_key, context->arena);
    }
    b->engine = engine;
    if (engine == NULL)
        status = PARK_FAIL(&b->error, PARK_E_MEMORY, "no memory for the study");
    return status == PARK_OK ? PARK_EXIT_DONE : tell(b, status);
}

park_status park_batch_name(park_batch *b)
{
    park_arena *arena = b->context->arena;
    size_t      n     = b->variants.count;
    park_names  names;
    park_names_init_exact(&names, arena);
    b->hash       = park_array(arena, n, sizeof *b->hash);
    b->twin       = PARK_ARRAY(arena, n, size_t);
    b->seconds    = PARK_ARRAY(arena, n, double);
    size_t *first = PARK_ARRAY(arena, n, size_t);
    if (b->hash == NULL || b->twin == NULL || b->seconds == NULL || first == NULL)
        return PARK_FAIL(&b->error, PARK_E_MEMORY, "no memory for %zu variants", n);
    for (size_t i = 0; i < n; i++) {
        int32_t at;
        b->seconds[i] = NAN;
        if (park_cancel_why(b->context->cancel) != 0)
            return PARK_FAIL(&b->error, PARK_E_CANCELLED, "interrupted");
        PARK_TRY(park_variants_hash(&b->variants, i, b->engine, b->hash[i], &b->error));
        park_status status = park_names_add(&names, b->hash[i], PARK_SHA256_HEX - 1, &at, &b->error);
        if (status == PARK_E_MEMORY)
            return status;
        if (status == PARK_OK)
            first[at] = i;
        b->twin[i] = first[at];
    }
    b->error  = (park_error){0};
    b->unique = names.count;
    return PARK_OK;
}

/* ---- what is whole already ---- */

/*
 * Shards that the journal does not name, of hands that were killed before they told of them: their rows are taken into it. One
 * whose rows all stand in other shards by now was computed again elsewhere, and goes, so that each variant is there once; a file
 * that is no shard is left alone.
 */
static park_status adopt_orphans(park_batch *b)
{
    const char **names;
    size_t       count;
    PARK_TRY(park_journal_orphans(b->journal, &names, &count, &b->error));
    for (size_t i = 0; i < count; i++) {
        park_arena       *arena = park_arena_new();
        park_variant_row *rows;
        size_t            n;
        park_error        said = {0};
        const char       *path = park_arena_printf(arena, "%s/shards/%s", b->dir, names[i]);
        park_status status    = path == NULL ? PARK_E_MEMORY : park_shard_read(arena, path, &rows, &n, &said);
        size_t      elsewhere = 0;
        for (size_t k = 0; status == PARK_OK && k < n; k++) {
            park_entry entry = {
                .fate = PARK_FATE_STORED, .shard = names[i], .row = (int32_t)k, .seconds = NAN};
            memcpy(entry.hash, rows[k].hash, sizeof entry.hash);
            const park_entry *known = park_journal_find(b->journal, entry.hash);
            if (known == NULL || known->fate != PARK_FATE_STORED)
                status = park_journal_add(b->journal, &entry, &b->error);
            else
                elsewhere++;
        }
        if (status == PARK_OK && n > 0 && elsewhere == n)
            status = park_file_remove(path, &b->error);
        park_arena_free(arena);
        if (status == PARK_E_MEMORY)
            return PARK_FAIL(&b->error, PARK_E_MEMORY, "no memory for the shards");
        if (status != PARK_OK && b->error.status != PARK_OK)
            return status; /* the journal could not be written */
    }
    return PARK_OK;
}

static park_status take_folder(park_batch *b, bool *over)
{
    PARK_TRY(
        park_journal_open(b->dir, b->context->options->force, b->context->arena, &b->journal, &b->error));
    PARK_TRY(park_journal_forget(b->journal, &b->error));
    PARK_TRY(adopt_orphans(b));
    for (size_t i = 0; i < b->variants.count; i++) {
        const park_entry *e = park_journal_find(b->journal, b->hash[i]);
        if (e != NULL && e->seconds > 0.0)
            b->seconds[i] = e->seconds;
        over[i] =
            b->twin[i] != i || (e != NULL && (e->fate == PARK_FATE_STORED || e->fate == PARK_FATE_FAILED));
        b->found += over[i] && b->twin[i] == i;
    }
    return PARK_OK;
}

/* Is the base's design kept already? */
static bool base_kept(const park_batch *b)
{
    park_arena *arena = park_arena_new();
    park_error  said  = {0};
    const void *bytes = NULL;
    size_t      count;
    const char *path = park_arena_printf(arena, "%s/base", b->dir);
    bool        kept = path != NULL &&
                park_checkpoint_read(arena, path, b->base_key, &bytes, &count, &said) == PARK_OK &&
                bytes != NULL;
    park_arena_free(arena);
    return kept;
}

/* ---- the coordinator ---- */

typedef struct coordinator {
    park_batch   *b;
    park_crew    *crew;
    park_deal    *deal;
    size_t        per, hands; /* of a rank; in all */
    size_t        ranks_left; /* ranks besides this one that have not left */
    bool         *gone;       /* [ranks] */
    bool          ending;     /* nothing more is dealt */
    bool          basing;     /* the base is being computed */
    int           base_lives, base_hand;
    double       *begun; /* [hands] since when it is at what it is at */
    int64_t      *was_at;
    bool         *killed;              /* [hands] it stalled, and was ended by us */
    double       *work, *write, *wait; /* [hands] */
    size_t        known;               /* variants of known seconds at the next ordering */
    size_t        timed;
    double        flushed;
    park_status   broken;
    park_progress progress;
} coordinator;

static void rest(int milliseconds)
{
    (void)poll(NULL, 0, milliseconds);
}

static void send_order(coordinator *c, const park_hand_order *order)
{
    size_t rank = (size_t)order->hand / c->per;
    if (rank == 0)
        park_crew_order(c->crew, order);
    else if (!c->gone[rank])
        park_cluster_send(&c->b->cluster, (int)rank, order, sizeof *order);
}

/* Expected seconds: the mean, times how the level's own mean differs from it, for each variation. */
static void order_by_cost(coordinator *c)
{
    const park_batch    *b     = c->b;
    const park_variants *v     = &b->variants;
    park_arena          *arena = park_arena_new();
    double              *cost = PARK_ARRAY(arena, v->count, double), all = 0.0;
    size_t               n = 0;
    for (size_t i = 0; i < v->count; i++)
        if (b->seconds[i] > 0.0)
            all += b->seconds[i], n++;
    for (size_t i = 0; cost != NULL && i < v->count; i++)
        cost[i] = 1.0;
    for (size_t k = 0; cost != NULL && n > 0 && k < v->study->variations; k++) {
        size_t  levels = v->study->variation[k].levels;
        double *sum = PARK_ARRAY(arena, levels, double), *count = PARK_ARRAY(arena, levels, double);
        if (levels < 2 || sum == NULL || count == NULL)
            continue;
        for (size_t i = 0; i < v->count; i++)
            if (b->seconds[i] > 0.0) {
                int32_t level = park_variants_level(v, i, k);
                sum[level] += b->seconds[i], count[level] += 1.0;
            }
        for (size_t i = 0; i < v->count; i++) {
            int32_t level = park_variants_level(v, i, k);
            if (count[level] > 0.0)
                cost[i] *= sum[level] / count[level] / (all / (double)n);
        }
    }
    if (cost != NULL && n > 0)
        park_deal_order(c->deal, cost);
    park_arena_free(arena);
}

static void time_variant(coordinator *c, int64_t variant, double seconds)
{
    c->b->seconds[variant] = seconds;
    c->timed++;
    if (c->timed < c->known)
        return;
    c->known = 2 * c->timed;
    order_by_cost(c);
}

static void keep_entry(coordinator *c, int64_t variant, park_fate fate, const park_hand_report *r,
                       const char *reason)
{
    park_batch *b     = c->b;
    park_entry  entry = {.fate    = fate,
                         .shard   = r->shard,
                         .row     = r->row,
                         .seconds = r->seconds,
                         .exit    = r->exit,
                         .reason  = reason};
    memcpy(entry.hash, b->hash[variant], sizeof entry.hash);
    if (fate != PARK_FATE_STORED)
        entry.shard = NULL;
    park_status status = park_journal_add(b->journal, &entry, &b->error);
    if (status == PARK_OK && park_clock_seconds() - c->flushed > FLUSH_EVERY) {
        c->flushed = park_clock_seconds();
        status     = park_journal_flush(b->journal, &b->error);
    }
    if (status != PARK_OK && c->broken == PARK_OK)
        c->broken = status;
}

static void begin_base(coordinator *c)
{
    c->basing    = true;
    c->base_hand = 0;
    for (size_t rank = 0; rank < (size_t)c->b->cluster.ranks; rank++)
        if (!c->gone[rank]) {
            c->base_hand = (int)(rank * c->per);
            break;
        }
    send_order(c, &(park_hand_order){.word = PARK_HAND_BASE, .hand = c->base_hand, .variant = -1});
}

static void deal_to(coordinator *c, size_t hand)
{
    int64_t v;
    if (c->basing || c->ending || c->broken != PARK_OK)
        return;
    while ((v = park_deal_next(c->deal, hand)) >= 0) {
        park_hand_order order = {.word = PARK_HAND_COMPUTE, .hand = (int32_t)hand, .variant = v};
        memcpy(order.hash, c->b->hash[v], sizeof order.hash);
        send_order(c, &order);
    }
    if (park_deal_at(c->deal, hand) != c->was_at[hand]) {
        c->was_at[hand] = park_deal_at(c->deal, hand);
        c->begun[hand]  = park_clock_seconds();
    }
}

static void died(coordinator *c, const park_hand_report *r)
{
    char    reason[PARK_REASON_MOST + 60];
    size_t  hand = (size_t)r->hand;
    int64_t at   = park_deal_at(c->deal, hand);
    c->b->died++;
    if (r->exit != PARK_EXIT_DONE && c->broken == PARK_OK)
        c->broken = PARK_FAIL(&c->b->error, PARK_E_FILE, "a process that ended could not be replaced");
    if (c->basing && r->hand == c->base_hand) {
        if (++c->base_lives < BASE_LIVES)
            begin_base(c);
        else if (c->broken == PARK_OK)
            c->broken = PARK_FAIL(&c->b->error, PARK_E_INTERNAL,
                                  "the base could not be computed %d times: %s", BASE_LIVES, r->text);
        return;
    }
    if (c->killed[hand] && at >= 0) {
        snprintf(reason, sizeof reason, "it stalled: no end within %.0f s",
                 STALL_TIMES * c->b->context->options->time_limit + STALL_MORE);
        park_hand_report stalled = {.exit = PARK_EXIT_LIMIT};
        park_deal_failed(c->deal, at);
        keep_entry(c, at, PARK_FATE_FAILED, &stalled, reason);
        c->b->failed++;
    }
    c->killed[hand] = false;
    int64_t lost    = park_deal_died(c->deal, hand);
    if (lost >= 0) {
        park_hand_report given = {.exit = PARK_EXIT_INTERNAL};
        snprintf(reason, sizeof reason, "given up after %d tries: %s", PARK_DEAL_LIVES, r->text);
        keep_entry(c, lost, PARK_FATE_LOST, &given, reason);
    }
    c->was_at[hand] = -1;
}

static void left(coordinator *c, size_t rank, const char *text)
{
    if (c->gone[rank])
        return;
    c->gone[rank] = true;
    c->ranks_left--;
    for (size_t i = 0; i < c->per; i++)
        park_deal_left(c->deal, rank * c->per + i);
    if (text[0] != '\0' && !c->b->context->options->quiet)
        fprintf(stderr,
                c->b->context->zh ? "parkwater：进程 %zu 退出：%s\n" : "parkwater: rank %zu left: %s\n", rank,
                text);
    if (c->basing && c->base_hand / (int)c->per == (int)rank)
        begin_base(c);
}

static void hear(coordinator *c, const park_hand_report *r)
{
    park_batch *b    = c->b;
    size_t      hand = (size_t)r->hand;
    if (r->memory > b->memory)
        b->memory = r->memory;
    if (r->work > 0.0 || r->wait > 0.0)
        c->work[hand] = r->work, c->write[hand] = r->write, c->wait[hand] = r->wait;
    switch ((park_hand_word)r->word) {
    case PARK_HAND_COMPUTED:
        park_deal_computed(c->deal, hand, r->variant, r->seconds);
        time_variant(c, r->variant, r->seconds);
        break;
    case PARK_HAND_STORED:
        park_deal_stored(c->deal, r->variant);
        keep_entry(c, r->variant, PARK_FATE_STORED, r, NULL);
        b->computed++;
        break;
    case PARK_HAND_FAILED:
        park_deal_failed(c->deal, r->variant);
        keep_entry(c, r->variant, PARK_FATE_FAILED, r, r->text);
        b->failed++;
        break;
    case PARK_HAND_BASED:
        c->basing = false;
        for (size_t h = 0; h < c->hands; h++)
            deal_to(c, h);
        break;
    case PARK_HAND_BROKEN:
        if (c->broken == PARK_OK)
            c->broken = PARK_FAIL(&b->error, r->exit == PARK_EXIT_FILE ? PARK_E_FILE : PARK_E_INTERNAL, "%s",
                                  r->text);
        break;
    case PARK_HAND_DIED:
        died(c, r);
        for (size_t h = 0; h < c->hands; h++)
            deal_to(c, h); /* what came back may suit another */
        break;
    default:
        break;
    }
    deal_to(c, hand);
}

/* A rank's hello: its study must be ours. */
static void greet(coordinator *c, size_t rank, const park_hand_report *r, const char *own)
{
    if (strcmp(r->text, own) == 0)
        return;
    c->broken =
        PARK_FAIL(&c->b->error, PARK_E_FILE, "rank %zu reads another study or is another program", rank);
}

static void hear_ranks(coordinator *c, const char *own)
{
    park_hand_report r;
    int              from;
    size_t           length;
    while (park_cluster_take(&c->b->cluster, &from, &r, sizeof r, &length)) {
        if (length != sizeof r)
            continue;
        if (r.word == PARK_HAND_LEFT)
            left(c, (size_t)from, r.text);
        else if (r.word == PARK_HAND_HELLO)
            greet(c, (size_t)from, &r, own);
        else
            hear(c, &r);
    }
}

/* Hands that are at a variant for much longer than its limit. */
static void end_stalled(coordinator *c)
{
    double limit = c->b->context->options->time_limit, now = park_clock_seconds();
    for (size_t h = 0; isfinite(limit) && h < c->hands; h++) {
        if (c->was_at[h] < 0 || c->killed[h] || now - c->begun[h] < STALL_TIMES * limit + STALL_MORE)
            continue;
        c->killed[h] = true;
        if (h < c->per)
            park_crew_kill(c->crew, (int32_t)h);
        else
            send_order(c, &(park_hand_order){.word = PARK_HAND_KILL, .hand = (int32_t)h, .variant = -1});
    }
}

static bool over(const coordinator *c)
{
    return c->broken != PARK_OK || park_cancel_why(c->b->context->cancel) != 0 ||
           (park_deal_over(c->deal) && !c->basing);
}

static void heard_at_end(void *user, const park_hand_report *r)
{
    hear(user, r);
}

/* Hands write what they have; ranks leave. */
static void end_all(coordinator *c, bool now, const char *own)
{
    double begun = park_clock_seconds();
    c->ending    = true;
    for (size_t rank = 1; rank < (size_t)c->b->cluster.ranks; rank++)
        park_cluster_send(&c->b->cluster, (int)rank,
                          &(park_hand_order){.word = PARK_HAND_STOP, .variant = now ? 1 : 0},
                          sizeof(park_hand_order));
    park_crew_end(c->crew, now, heard_at_end, c);
    while (c->ranks_left > 0 && park_clock_seconds() - begun < LEAVE_S) {
        hear_ranks(c, own);
        rest(c->ranks_left > 0 ? 1 : 0);
    }
}

static park_status run_hands(coordinator *c, const char *own)
{
    park_batch *b     = c->b;
    size_t      total = b->unique;
    park_progress_begin(&c->progress, b->context, "batch", "方案计算");
    if (b->base_key[0] != '\0' && !park_deal_over(c->deal) && !base_kept(b))
        begin_base(c);
    for (size_t h = 0; h < c->hands; h++)
        deal_to(c, h);
    while (!over(c)) {
        park_hand_report r;
        int              ms = b->cluster.ranks > 1 ? LISTEN_RANKS_MS : LISTEN_MS;
        for (bool came = park_crew_listen(c->crew, ms, &r); came; came = park_crew_listen(c->crew, 0, &r))
            hear(c, &r);
        hear_ranks(c, own);
        end_stalled(c);
        park_deal_counts counts = park_deal_count(c->deal);
        size_t           done   = counts.stored + counts.failed + counts.lost;
        (void)park_progress_share(&c->progress, (double)(done - (b->variants.count - total)) /
                                                    (double)(total > 0 ? total : 1));
    }
    end_all(c, c->broken != PARK_OK || park_cancel_why(b->context->cancel) != 0, own);
    park_progress_end(&c->progress);
    if (c->broken == PARK_OK)
        c->broken = park_journal_flush(b->journal, &b->error);
    for (size_t h = 0; h < c->hands; h++)
        b->work += c->work[h], b->write += c->write[h], b->wait += c->wait[h];
    return c->broken;
}

/* ---- ranks ---- */

/* What two ranks must agree on. */
static const char *digest(park_batch *b)
{
    char hex[PARK_SHA256_HEX];
    if (park_variants_hash(&b->variants, 0, b->engine, hex, &b->error) != PARK_OK)
        return NULL;
    return park_arena_printf(b->context->arena, "%zu %s", b->variants.count, hex);
}

static void let_go(void *user)
{
    park_batch *b = user;
    if (b->journal != NULL)
        park_journal_disown(b->journal);
}

static park_hand_task task_of(const park_batch *b)
{
    return (park_hand_task){.variants = &b->variants,
                            .options  = b->context->options,
                            .dir      = b->dir,
                            .base_key = b->base_key[0] != '\0' ? b->base_key : NULL};
}

static void forward(void *user, const park_hand_report *r)
{
    const park_batch *b = user;
    park_cluster_send(&b->cluster, 0, r, sizeof *r);
}

park_exit park_batch_serve(park_batch *b)
{
    park_hand_task   task   = task_of(b);
    size_t           per    = (size_t)b->context->options->threads;
    park_crew       *crew   = NULL;
    const char      *own    = b->error.status == PARK_OK && b->engine != NULL ? digest(b) : NULL;
    park_hand_report hello  = {.word = PARK_HAND_HELLO, .variant = -1}, r;
    park_status      status = own == NULL
                                  ? PARK_E_INPUT
                                  : park_crew_start(b->context->arena, &task, per, b->cluster.rank * (int32_t)per,
                                                    NULL, NULL, &crew, &b->error);
    snprintf(hello.text, sizeof hello.text, "%s", own != NULL ? own : b->error.message);
    if (status != PARK_OK)
        hello.word = PARK_HAND_LEFT;
    forward(b, &hello);
    for (bool stop = false; !stop;) {
        park_hand_order order;
        int             from;
        size_t          length;
        for (bool came = crew != NULL && park_crew_listen(crew, LISTEN_RANKS_MS, &r); came;
             came      = park_crew_listen(crew, 0, &r))
            forward(b, &r);
        if (crew == NULL)
            rest(10);
        while (!stop && park_cluster_take(&b->cluster, &from, &order, sizeof order, &length)) {
            stop = order.word == PARK_HAND_STOP;
            if (crew != NULL && order.word == PARK_HAND_KILL)
                park_crew_kill(crew, order.hand);
            else if (crew != NULL && !stop)
                park_crew_order(crew, &order);
        }
        if (stop && crew != NULL)
            park_crew_end(crew, order.variant != 0, forward, b);
    }
    r = (park_hand_report){.word = PARK_HAND_LEFT, .variant = -1};
    if (status == PARK_OK)
        forward(b, &r);
    return PARK_EXIT_DONE;
}

/* ---- the whole ---- */

static park_status begin(park_batch *b, coordinator *c, const bool *done)
{
    park_arena *arena = b->context->arena;
    c->b              = b;
    c->per            = (size_t)b->context->options->threads;
    c->hands          = c->per * (size_t)b->cluster.ranks;
    c->ranks_left     = (size_t)b->cluster.ranks - 1;
    c->known          = 16;
    c->deal           = park_deal_new(arena, b->variants.count, c->hands, done);
    c->gone           = PARK_ARRAY(arena, (size_t)b->cluster.ranks, bool);
    c->begun          = PARK_ARRAY(arena, c->hands, double);
    c->was_at         = PARK_ARRAY(arena, c->hands, int64_t);
    c->killed         = PARK_ARRAY(arena, c->hands, bool);
    c->work = PARK_ARRAY(arena, c->hands, double), c->write = PARK_ARRAY(arena, c->hands, double);
    c->wait = PARK_ARRAY(arena, c->hands, double);
    if (c->deal == NULL || c->gone == NULL || c->begun == NULL || c->was_at == NULL || c->killed == NULL ||
        c->work == NULL || c->write == NULL || c->wait == NULL)
        return PARK_FAIL(&b->error, PARK_E_MEMORY, "no memory for %zu variants", b->variants.count);
    for (size_t h = 0; h < c->hands; h++)
        c->was_at[h] = -1;
    order_by_cost(c);
    return PARK_OK;
}

void park_batch_dismiss(const park_batch *b)
{
    for (int rank = 1; rank < b->cluster.ranks; rank++)
        park_cluster_send(&b->cluster, rank, &(park_hand_order){.word = PARK_HAND_STOP, .variant = 1},
                          sizeof(park_hand_order));
}

park_exit park_batch_run(park_batch *b)
{
    static const size_t ONE   = 1;
    park_hand_task      task  = task_of(b);
    coordinator         c     = {.b = b};
    double              begun = park_clock_seconds();
    bool               *done  = PARK_ARRAY(b->context->arena, b->variants.count + ONE, bool);
    const char         *own   = "";
    park_status         status =
        done == NULL ? PARK_FAIL(&b->error, PARK_E_MEMORY, "no memory for the study") : take_folder(b, done);
    if (status == PARK_OK)
        status = begin(b, &c, done);
    if (status == PARK_OK && b->cluster.ranks > 1 && (own = digest(b)) == NULL)
        status = b->error.status;
    if (status == PARK_OK)
        status = park_crew_start(b->context->arena, &task, c.per, 0, let_go, b, &c.crew, &b->error);
    if (status != PARK_OK) {
        park_batch_dismiss(b);
        return park_batch_fail(b, status);
    }
    status = run_hands(&c, own);
    if (status == PARK_OK)
        status = adopt_orphans(b);
    b->elapsed = park_clock_seconds() - begun;
    return status == PARK_OK ? PARK_EXIT_DONE : park_batch_fail(b, status);
}
