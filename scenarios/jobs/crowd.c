#include "jobs/crowd.h"

#include "base/ranks.h"
#include "base/text.h"
#include "cluster/cluster.h"
#include "design/errand.h"
#include "hash.h"
#include "jobs/recipe.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Short messages: stop what is at work, go home (to the others); I was interrupted (to rank 0). */
enum { STOP = 1, HOME, INTERRUPTED };

typedef struct word {
    int32_t what, signal;
} word;

static const double PATIENCE =
    0.3; /* [s] for answers after an interrupt: mpirun kills a second after its own */
static const double LEAVE = 10.0; /* [s] for ranks to go home after that */

enum { EAR = 20000000 }; /* [ns] between two looks for an interrupt */

static void pause_for(long nanoseconds)
{
    (void)nanosleep(&(struct timespec){.tv_nsec = nanoseconds}, NULL);
}

/* Nothing has come for `idle` looks: look again at once, soon, or later. */
static void rest(size_t idle)
{
    if (idle < 200)
        sched_yield();
    else
        pause_for(idle < 2000 ? 20000 : 500000);
}

/* ---- rank 0 -------------------------------------------------------------------------------------------- */

typedef struct leader {
    park_job_context *context;
    park_cluster     *cluster;
    park_ranks        door;
    bool             *owes; /* [ranks] an answer */
    char             *bytes;
    size_t            room;
    bool              stopped, given_up;
    pthread_t         ear;  /* hears of interrupts while rank 0 is at work of its own */
    pthread_mutex_t   lock; /* around whatever is said or heard */
    bool              eared, over;
} leader;

static void tell_all(const leader *l, int32_t what)
{
    word said = {.what = what};
    for (int r = 1; r < l->cluster->ranks; r++)
        park_cluster_send(l->cluster, r, &said, sizeof said);
}

/* An interrupt of another rank is one of all. The lock is held. */
static void hear(leader *l)
{
    int    from;
    word   said;
    size_t length;
    while (park_cluster_take(l->cluster, &from, &said, sizeof said, &length))
        if (said.what == INTERRUPTED)
            park_cancel_raise(l->context->cancel, said.signal);
    if (park_cancel_why(l->context->cancel) != 0 && !l->stopped) {
        l->stopped = true;
        tell_all(l, STOP);
    }
}

static void *listen(void *user)
{
    leader *l = user;
    for (bool over = false; !over;) {
        pthread_mutex_lock(&l->lock);
        hear(l);
        over = l->over;
        pthread_mutex_unlock(&l->lock);
        pause_for(EAR);
    }
    return NULL;
}

static void send(void *user, int to, const void *bytes, size_t length, bool asks)
{
    leader *l = user;
    if (l->given_up)
        return;
    l->owes[to] = asks;
    pthread_mutex_lock(&l->lock);
    park_cluster_post(l->cluster, to, bytes, length);
    pthread_mutex_unlock(&l->lock);
}

static bool fetch(leader *l, int *from, const void **bytes, size_t *length)
{
    if (!park_cluster_posted(l->cluster, from, length))
        return false;
    if (*length > l->room) {
        free(l->bytes);
        l->bytes = malloc(*length);
        l->room  = l->bytes != NULL ? *length : 0;
    }
    if (l->bytes == NULL) {
        fprintf(stderr, "parkwater: no memory for an answer of %zu bytes\n", *length);
        park_cluster_abort(l->cluster, PARK_EXIT_FILE);
        return false;
    }
    park_cluster_fetch(l->cluster, *from, l->bytes, *length);
    *bytes         = l->bytes;
    l->owes[*from] = false;
    return true;
}

static bool take(void *user, int *from, const void **bytes, size_t *length)
{
    leader *l     = user;
    double  until = 0.0;
    for (size_t idle = 0; !l->given_up; idle++) {
        pthread_mutex_lock(&l->lock);
        bool came = fetch(l, from, bytes, length);
        if (!came)
            hear(l);
        pthread_mutex_unlock(&l->lock);
        if (came)
            return true;
        if (park_cancel_why(l->context->cancel) != 0) {
            until       = until > 0.0 ? until : park_clock_seconds() + PATIENCE;
            l->given_up = park_clock_seconds() > until;
        }
        rest(idle);
    }
    return false;
}

/* What still comes after an interrupt; true: nobody owes an answer any more. */
static bool all_answered(leader *l, double seconds)
{
    const void *bytes;
    size_t      length;
    double      until = park_clock_seconds() + seconds;
    for (size_t idle = 0;; idle++) {
        int from = 0, owing = 0;
        while (fetch(l, &from, &bytes, &length))
            ;
        for (int r = 1; r < l->cluster->ranks; r++)
            owing += l->owes[r];
        if (owing == 0 || park_clock_seconds() > until)
            return owing == 0;
        rest(idle);
    }
}

static void tell_silent(const leader *l)
{
    for (int r = 1; r < l->cluster->ranks; r++)
        if (l->owes[r])
            fprintf(stderr,
                    l->context->zh
                        ? "parkwater：进程 %d 在中断后未答复，作业结束；已求得的结果保留\n"
                        : "parkwater: rank %d did not answer after the interrupt; the job ends, what was "
                          "found is kept\n",
                    r);
}

static park_exit lead(park_job_context *context, park_cluster *cluster,
                      park_exit (*job)(park_job_context *context))
{
    size_t ranks = (size_t)cluster->ranks;
    leader l     = {.context = context, .cluster = cluster};
    l.owes       = PARK_ARRAY(context->arena, ranks, bool);
    l.door       = (park_ranks){.others = cluster->ranks - 1, .send = send, .take = take, .user = &l};
    l.door.tally = PARK_ARRAY(context->arena, ranks, park_rank_tally);
    if (l.owes == NULL || l.door.tally == NULL) {
        park_cluster_abort(cluster, PARK_EXIT_FILE);
        return PARK_EXIT_FILE;
    }
    pthread_mutex_init(&l.lock, NULL);
    l.eared = pthread_create(&l.ear, NULL, listen, &l) == 0; /* without it an interrupt is heard later */
    context->ranks = &l.door;
    park_exit exit = job(context);
    fflush(stdout);
    context->ranks = NULL;
    pthread_mutex_lock(&l.lock);
    l.over = true;
    pthread_mutex_unlock(&l.lock);
    if (l.eared)
        pthread_join(l.ear, NULL);
    bool whole = all_answered(&l, l.given_up ? LEAVE : 0.0);
    free(l.bytes);
    if (!whole) { /* its results are written: nothing is lost by ending the others as they are */
        tell_silent(&l);
        park_cluster_abort(cluster, park_exit_final(context, exit));
    }
    tell_all(&l, HOME);
    return exit;
}

/* ---- the others ---------------------------------------------------------------------------------------- */

/* One thread does errands, so that the other can hear the word to stop. */
typedef struct helper {
    pthread_t       thread;
    pthread_mutex_t lock;
    pthread_cond_t  given, done;
    int             threads;
    park_cancel     stop;
    char           *bytes; /* of the errand; NULL: none */
    size_t          length;
    park_arena     *arena; /* of the answer */
    const void     *answer;
    size_t          answered;
    park_status     status;
    bool            busy, ready, home;
} helper;

static void *work(void *user)
{
    helper        *h = user;
    park_answerer *a;
    park_status    status = park_answerer_new(h->threads, &h->stop, &a);
    pthread_mutex_lock(&h->lock);
    for (;;) {
        while (!h->busy && !h->home)
            pthread_cond_wait(&h->given, &h->lock);
        if (h->home)
            break;
        pthread_mutex_unlock(&h->lock);
        h->arena = park_arena_new();
        if (status == PARK_OK && h->arena != NULL)
            h->status = park_answer(a, h->bytes, h->length, h->arena, &h->answer, &h->answered);
        else
            h->status = PARK_E_MEMORY;
        pthread_mutex_lock(&h->lock);
        h->busy = false, h->ready = true;
        pthread_cond_signal(&h->done);
    }
    pthread_mutex_unlock(&h->lock);
    if (status == PARK_OK)
        park_answerer_free(a);
    return NULL;
}

/* An errand that has come, to the thread that works. */
static park_status give(helper *h, const park_cluster *cluster)
{
    int from;
    if (!park_cluster_posted(cluster, &from, &h->length))
        return PARK_OK;
    h->bytes = malloc(h->length > 0 ? h->length : 1);
    if (h->bytes == NULL)
        return PARK_E_MEMORY;
    park_cluster_fetch(cluster, from, h->bytes, h->length);
    pthread_mutex_lock(&h->lock);
    h->busy = true;
    pthread_cond_signal(&h->given);
    pthread_mutex_unlock(&h->lock);
    return PARK_OK;
}

/* Wait a little for what is at work; true: it is done. */
static bool wait_for(helper *h)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += 1000000;
    until.tv_sec += until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    pthread_mutex_lock(&h->lock);
    if (!h->ready)
        (void)pthread_cond_timedwait(&h->done, &h->lock, &until);
    bool ready = h->ready;
    pthread_mutex_unlock(&h->lock);
    return ready;
}

static park_status answer(helper *h, const park_cluster *cluster)
{
    if (h->status == PARK_OK && h->answered > 0)
        park_cluster_post(cluster, 0, h->answer, h->answered);
    park_arena_free(h->arena);
    free(h->bytes);
    h->bytes = NULL, h->arena = NULL, h->ready = false;
    return h->status;
}

static park_status serve(helper *h, park_job_context *context, park_cluster *cluster)
{
    bool told = false;
    for (size_t idle = 0;; idle++) {
        int    from;
        word   said;
        size_t length;
        while (park_cluster_take(cluster, &from, &said, sizeof said, &length)) {
            park_cancel_raise(&h->stop, SIGTERM);
            if (said.what == HOME)
                return PARK_OK;
        }
        int signal = park_cancel_why(context->cancel);
        if (signal != 0 && !told) {
            said = (word){.what = INTERRUPTED, .signal = signal};
            park_cluster_send(cluster, 0, &said, sizeof said);
            park_cancel_raise(&h->stop, signal);
            told = true;
        }
        if (h->bytes == NULL)
            PARK_TRY(give(h, cluster));
        if (h->bytes == NULL) {
            rest(idle);
        } else {
            idle = 0;
            if (wait_for(h))
                PARK_TRY(answer(h, cluster));
        }
    }
}

static park_exit follow(park_job_context *context, park_cluster *cluster)
{
    helper      h      = {.threads = (int)context->options->threads,
                          .lock    = PTHREAD_MUTEX_INITIALIZER,
                          .given   = PTHREAD_COND_INITIALIZER,
                          .done    = PTHREAD_COND_INITIALIZER};
    park_status status = PARK_E_MEMORY;
    if (pthread_create(&h.thread, NULL, work, &h) == 0) {
        status = serve(&h, context, cluster);
        pthread_mutex_lock(&h.lock);
        while (h.busy)
            pthread_cond_wait(&h.done, &h.lock);
        h.home = true;
        pthread_cond_signal(&h.given);
        pthread_mutex_unlock(&h.lock);
        pthread_join(h.thread, NULL);
        park_arena_free(h.arena);
        free(h.bytes);
    }
    if (status == PARK_OK)
        return PARK_EXIT_DONE;
    fprintf(stderr, "parkwater: rank %d: %s\n", cluster->rank, park_status_sentence(status));
    park_cluster_abort(cluster, park_exit_of(status));
    return park_exit_of(status);
}

/* ---- together ------------------------------------------------------------------------------------------ */

/* The words of a rank as a digest: ranks that were told other things do not belong together. */
static park_status digest(const park_job_context *context, char hex[PARK_SHA256_HEX], park_error *err)
{
    park_text text;
    park_text_init(&text, context->arena);
    park_text_printf(&text, "%s %s", PARK_VERSION, PARK_COMMIT);
    for (int i = 1; i < context->argc; i++)
        park_text_printf(&text, "\n%s", context->argv[i]);
    const char *done = park_text_done(&text);
    if (done == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for the words of the job");
    return park_sha256(done, strlen(done), hex, err);
}

/* The first rank whose words are not those of rank 0; 0: all agree. All ranks find the same. */
static int odd_one(const park_job_context *context, const park_cluster *cluster)
{
    char       own[PARK_SHA256_HEX] = "", first[PARK_SHA256_HEX], other[PARK_SHA256_HEX];
    park_error error                = {0};
    int        odd                  = 0;
    (void)digest(context, own, &error);
    for (int r = 0; r < cluster->ranks; r++) {
        memcpy(other, own, sizeof other);
        park_cluster_share(cluster, r, other, sizeof other);
        if (r == 0)
            memcpy(first, other, sizeof first);
        if (odd == 0 && memcmp(first, other, sizeof first) != 0)
            odd = r;
    }
    return odd;
}

typedef park_exit park_crowd_job(park_job_context *context);

/* Alone the job is called as it is. */
static park_exit with_ranks(park_job_context *context, park_crowd_job *job,
                            park_exit (*many)(park_job_context *, park_cluster *, park_crowd_job *))
{
    park_cluster cluster;
    park_recipe  told;
    park_recipe_begin(&told, context);
    park_status status = park_cluster_join(&cluster, &told.error);
    if (status != PARK_OK)
        return park_recipe_fail(&told, status);
    if (cluster.ranks == 1) {
        park_exit exit = job(context);
        park_cluster_leave(&cluster);
        return exit;
    }
    int odd = odd_one(context, &cluster);
    if (odd != 0) {
        park_cluster_leave(&cluster);
        if (cluster.rank > 0)
            return PARK_EXIT_INPUT;
        return park_recipe_fail(
            &told, PARK_FAIL(&told.error, PARK_E_INPUT,
                             "rank %d was started with other words than rank 0, or is another version", odd));
    }
    park_exit exit = many(context, &cluster, job);
    park_cluster_leave(&cluster);
    return exit;
}

static park_exit led(park_job_context *context, park_cluster *cluster, park_crowd_job *job)
{
    return cluster->rank == 0 ? lead(context, cluster, job) : follow(context, cluster);
}

park_exit park_crowd_do(park_job_context *context, park_crowd_job *job)
{
    return with_ranks(context, job, led);
}

static void share(void *user, int from, void *bytes, size_t length)
{
    park_cluster_share(user, from, bytes, length);
}

static park_exit alike(park_job_context *context, park_cluster *cluster, park_crowd_job *job)
{
    park_peers peers = {.rank = cluster->rank, .ranks = cluster->ranks, .share = share, .user = cluster};
    context->peers   = &peers;
    context->silent  = context->silent || cluster->rank > 0;
    park_exit exit   = job(context);
    fflush(stdout);
    context->peers = NULL;
    if (exit == PARK_EXIT_FILE) /* of this rank alone, it may be: the others would wait for it for ever */
        park_cluster_abort(cluster, exit);
    return exit;
}

park_exit park_crowd_together(park_job_context *context, park_crowd_job *job)
{
    return with_ranks(context, job, alike);
}

const char *park_crowd_refuses(const park_job *job, const park_options *options, bool zh, bool *silent)
{
    bool knows = job->run == park_job_optimize || job->run == park_job_run || job->run == park_job_batch ||
                 job->run == park_job_project;
    *silent = false;
    if (knows || (options->output == NULL && options->tables == NULL) || !park_cluster_launched())
        return NULL;
    *silent = !park_cluster_first();
    return zh ? "只由一个进程计算；请不经 mpirun 启动（optimize、run、batch、project 可用多进程）"
              : "is done by one process; start it without mpirun (optimize, run, batch and project use many)";
}
