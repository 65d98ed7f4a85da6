#include "jobs/batch_crew.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PATIENCE_MS = 20000 };

typedef struct member {
    pid_t process;         /* 0: none */
    int   orders, reports; /* our ends, -1 closed */
} member;

struct park_crew {
    const park_hand_task *task;
    size_t                count;
    int32_t               first;
    member               *member;
    struct pollfd        *watch;
    size_t                turn; /* whom to hear first, so that nobody is always heard last */
    void (*in_child)(void *user);
    void *user;
};

static void close_end(int *file)
{
    if (*file >= 0)
        close(*file);
    *file = -1;
}

/* In the new process: only its own ends stay open, so that every other pipe ends when its owner does. */
static _Noreturn void become_hand(park_crew *crew, size_t i, int orders, int reports)
{
    for (size_t k = 0; k < crew->count; k++) {
        close_end(&crew->member[k].orders);
        close_end(&crew->member[k].reports);
    }
    if (crew->in_child != NULL)
        crew->in_child(crew->user);
    int nowhere = open("/dev/null", O_WRONLY);
    if (nowhere >= 0)
        dup2(nowhere, STDOUT_FILENO);
    park_hand_work(crew->task, crew->first + (int32_t)i, orders, reports);
}

static bool start_one(park_crew *crew, size_t i)
{
    int down[2], up[2];
    if (pipe(down) != 0)
        return false;
    if (pipe(up) != 0) {
        close(down[0]), close(down[1]);
        return false;
    }
    fflush(NULL); /* nothing is said twice */
    pid_t process = fork();
    if (process == 0) {
        close(down[1]), close(up[0]);
        become_hand(crew, i, down[0], up[1]);
    }
    close(down[0]), close(up[1]);
    if (process < 0) {
        close(down[1]), close(up[0]);
        return false;
    }
    fcntl(down[1], F_SETFD, FD_CLOEXEC);
    fcntl(up[0], F_SETFD, FD_CLOEXEC);
    crew->member[i] = (member){process, down[1], up[0]};
    return true;
}

park_status park_crew_start(park_arena *arena, const park_hand_task *task, size_t count, int32_t first,
                            void (*in_child)(void *user), void *user, park_crew **out, park_error *err)
{
    park_crew *crew = PARK_NEW(arena, park_crew);
    *out            = NULL;
    if (crew == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for %zu hands", count);
    *crew = (park_crew){.task = task, .count = count, .first = first, .in_child = in_child, .user = user};
    crew->member = PARK_ARRAY(arena, count, member);
    crew->watch  = PARK_ARRAY(arena, count, struct pollfd);
    if (crew->member == NULL || crew->watch == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for %zu hands", count);
    for (size_t i = 0; i < count; i++)
        crew->member[i] = (member){0, -1, -1};
    signal(SIGPIPE, SIG_IGN);
    *out = crew;
    for (size_t i = 0; i < count; i++)
        if (!start_one(crew, i))
            return PARK_FAIL(err, PARK_E_FILE, "cannot start a process: %s", strerror(errno));
    return PARK_OK;
}

void park_crew_order(park_crew *crew, const park_hand_order *order)
{
    member *m = &crew->member[order->hand - crew->first];
    if (m->orders >= 0)
        (void)park_pipe_write(m->orders, order, sizeof *order);
}

/* How the process ended, and a new one in its place. */
static void replace(park_crew *crew, size_t i, park_hand_report *report)
{
    member *m      = &crew->member[i];
    int     status = 0;
    close_end(&m->orders);
    close_end(&m->reports);
    *report = (park_hand_report){.word = PARK_HAND_DIED, .hand = crew->first + (int32_t)i, .variant = -1};
    while (waitpid(m->process, &status, 0) < 0 && errno == EINTR)
        ;
    if (WIFSIGNALED(status))
        snprintf(report->text, sizeof report->text, "its process was ended by signal %d%s", WTERMSIG(status),
                 WTERMSIG(status) == SIGKILL ? " (killed, perhaps out of memory)" : "");
    else
        snprintf(report->text, sizeof report->text, "its process ended with status %d", WEXITSTATUS(status));
    m->process   = 0;
    report->exit = start_one(crew, i) ? PARK_EXIT_DONE : PARK_EXIT_FILE;
}

bool park_crew_listen(park_crew *crew, int milliseconds, park_hand_report *report)
{
    for (size_t i = 0; i < crew->count; i++)
        crew->watch[i] = (struct pollfd){.fd = crew->member[i].reports, .events = POLLIN};
    if (poll(crew->watch, (nfds_t)crew->count, milliseconds) <= 0)
        return false;
    for (size_t k = 0; k < crew->count; k++) {
        size_t i = (crew->turn + k) % crew->count;
        if (crew->watch[i].revents == 0)
            continue;
        crew->turn = i + 1;
        if (!park_pipe_read(crew->member[i].reports, report, sizeof *report))
            replace(crew, i, report);
        return true;
    }
    return false;
}

void park_crew_kill(park_crew *crew, int32_t hand)
{
    member *m = &crew->member[hand - crew->first];
    if (m->process > 0)
        kill(m->process, SIGKILL);
}

void park_crew_end(park_crew *crew, bool now, void (*heard)(void *user, const park_hand_report *report),
                   void *user)
{
    size_t living = 0;
    for (size_t i = 0; i < crew->count; i++) {
        member *m = &crew->member[i];
        if (now && m->process > 0)
            kill(m->process, SIGTERM);
        close_end(&m->orders);
        living += m->reports >= 0;
    }
    for (int waited = 0;
         living > 0 &&
         waited < PATIENCE_MS;) { /* a hand that does not end within its patience is killed below */
        park_hand_report report;
        for (size_t i = 0; i < crew->count; i++)
            crew->watch[i] = (struct pollfd){.fd = crew->member[i].reports, .events = POLLIN};
        int n = poll(crew->watch, (nfds_t)crew->count, 100);
        waited += n <= 0 ? 100 : 0;
        for (size_t i = 0; n > 0 && i < crew->count; i++) {
            if (crew->watch[i].fd < 0 || crew->watch[i].revents == 0)
                continue;
            if (park_pipe_read(crew->member[i].reports, &report, sizeof report)) {
                if (heard != NULL)
                    heard(user, &report);
                continue;
            }
            close_end(&crew->member[i].reports);
            living--;
        }
    }
    for (size_t i = 0; i < crew->count; i++) {
        member *m = &crew->member[i];
        if (m->process <= 0)
            continue;
        if (m->reports >= 0)
            kill(m->process, SIGKILL);
        close_end(&m->reports);
        while (waitpid(m->process, NULL, 0) < 0 && errno == EINTR)
            ;
        m->process = 0;
    }
}
