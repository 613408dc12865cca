#include "CSIP.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/resource.h>

#include "Libre.h"

#define DEBUG_MODULE "kk"
#define DEBUG_LEVEL 0
#include <re/re_dbg.h>

static pthread_t thread;
static atomic_bool is_running;
static struct mqueue *queue;
static void (*work)(void);

static struct {
    pthread_mutex_t mutex;
    pthread_cond_t condition;
    bool is_settled;
    int failure;
} start = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, false, 0};

static void awoken(int id, void *data, void *argument)
{
    (void)id;
    (void)data;
    (void)argument;
    work();
}

// A descriptor's number is its place in libre's table.
static int make_room_for_descriptors(void)
{
    struct rlimit limit;
    rlim_t most = 65536;
    if (!getrlimit(RLIMIT_NOFILE, &limit) && limit.rlim_cur < most) most = limit.rlim_cur;
    return fd_setsize((int)most);
}

static void *loop(void *argument)
{
    (void)argument;
    // Signals are the program's.
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, NULL);

    // Its complaints would stand in the log without a place.
    dbg_init(DBG_EMERG, 0);
    int failure = libre_init();
    if (!failure) failure = re_thread_init();
    if (!failure) failure = make_room_for_descriptors();
    if (!failure) failure = mqueue_alloc(&queue, awoken, NULL);

    pthread_mutex_lock(&start.mutex);
    start.failure = failure;
    start.is_settled = true;
    pthread_cond_signal(&start.condition);
    pthread_mutex_unlock(&start.mutex);

    if (!failure) re_main(NULL);
    return NULL;
}

int kk_sip_loop_start(void (*job)(void))
{
    work = job;
    int failure = pthread_create(&thread, NULL, loop, NULL);
    if (failure) return failure;
    atomic_store(&is_running, true);
    pthread_detach(thread);
    pthread_mutex_lock(&start.mutex);
    while (!start.is_settled) pthread_cond_wait(&start.condition, &start.mutex);
    failure = start.failure;
    pthread_mutex_unlock(&start.mutex);
    return failure;
}

void kk_sip_loop_wake(void)
{
    mqueue_push(queue, 0, NULL);
}

bool kk_sip_loop_is_here(void)
{
    return atomic_load(&is_running) && pthread_equal(pthread_self(), thread);
}
