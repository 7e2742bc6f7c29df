import { mountRouter, type MountEdit } from '../../src/patch/index.js'
import { testCases } from './cases.js'

testCases<MountEdit>('mount-router', mountRouter)
