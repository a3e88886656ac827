export { percent } from '../shared/percent.js'
