import { parentPort, workerData } from 'node:worker_threads'
import { formatShare, type FormatWork } from './format-share.js'

/** The thread beside the main one: it formats what it gets hold of, and hands it over. */
parentPort?.postMessage(await formatShare(workerData as FormatWork))
